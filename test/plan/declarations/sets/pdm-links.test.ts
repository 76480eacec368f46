import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { indexLines, OF_PDM, PDM_LOCK, pdmSource, refused, said, WHEEL } from '../../support/locked-project';

const test = suite('sources of PDM that are a page or a folder of files');

test('PDM: a page of files', () => {
  const page = ['type = "find_links"', 'url = "https://l.example/page"'];
  const own = ['include_packages = ["six"]', 'exclude_packages = ["*"]'];
  const links = '--find-links https://l.example/page';
  assert.equal(indexLines('pdm', PDM_LOCK, pdmSource(...page)), [links], 'beside PyPI');
  assert.equal(indexLines('pdm', PDM_LOCK, pdmSource(...page, ...own)), ['--no-index', links], 'alone');
  assert.equal(
    indexLines(
      'pdm',
      PDM_LOCK,
      pdmSource(...page, 'include_packages = ["corp-*"]', 'exclude_packages = ["*"]'),
    ),
    [],
  );
  const told = PDM_LOCK.replace(`file = "${WHEEL}"`, `url = "https://files.pythonhosted.org/${WHEEL}"`);
  assert.equal(indexLines('pdm', told, pdmSource(...page)), [], 'the lock says that it comes from PyPI');
  assert.equal(indexLines('pdm', PDM_LOCK, pdmSource(...page, ...own, 'verify_ssl = false')), [
    '--no-index',
    links,
    '--trusted-host l.example',
  ]);
  const sdist = PDM_LOCK.replace(WHEEL, 'six-1.17.0.tar.gz');
  assert.equal(
    indexLines('pdm', sdist, pdmSource(...page, ...own)),
    [links],
    'a build asks an index for what it requires',
  );
  const secret = ['type = "find_links"', 'url = "https://me:secret@c.example/simple"'];
  assert.equal(
    said('pdm', PDM_LOCK, pdmSource(...secret, ...own)),
    refused('pyproject.toml:9', `${OF_PDM} \`pdm lock\``),
  );
});

test('PDM: a folder of files', () => {
  const folder = pdmSource('type = "find_links"', 'url = "file:///${PROJECT_ROOT}/wheels"');
  assert.equal(said('pdm', PDM_LOCK, folder), [
    '/app/pyproject.toml:9 has the source file:///${PROJECT_ROOT}/wheels of the type find_links: PDM may take six from this folder or file, but this library only follows find_links sources that are pages with https:// or http://. Serve it from a web server, or name its files as dependencies, such as `"lib @ file:///${PROJECT_ROOT}/wheels/lib-1.0-py3-none-any.whl"`. If these packages do not come from it, set its `include_packages` to those that do and its `exclude_packages` to ["*"]. Then run `pdm lock`.',
  ]);
  assert.equal(
    said('pdm', PDM_LOCK, `${folder}include_packages = ["corp-*"]\nexclude_packages = ["*"]\n`),
    [],
  );
});

test.run();
