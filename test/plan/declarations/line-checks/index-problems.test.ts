import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  indexLines,
  OF_PDM,
  PDM_LOCK,
  pdmSource,
  pipfileLock,
  POETRY_LOCK,
  PROJECT,
  refused,
  said,
  SECRET,
  UV_LOCK,
} from '../../support/locked-project';

const test = suite('what a project says of its indexes, and an install cannot follow');

const uvIndex = (url: string, more = ''): string =>
  `${PROJECT}[[tool.uv.index]]\nname = "corp-1"\nurl = "${url}"\nexplicit = true\n${more}`;

test('a password in the URL of an index that a uv.lock or poetry.lock names', () => {
  assert.equal(
    said('uv', UV_LOCK, uvIndex(SECRET)),
    refused(
      'pyproject.toml:8',
      'Take it out of the URL, and set UV_INDEX_CORP_1_USERNAME and UV_INDEX_CORP_1_PASSWORD',
    ),
  );
  assert.equal(said('uv', UV_LOCK, uvIndex(`${SECRET}/`)).length, 1);
  assert.equal(
    said('poetry', POETRY_LOCK, `${PROJECT}[[tool.poetry.source]]\nname = "corp"\nurl = "${SECRET}/"\n`),
    refused(
      'pyproject.toml:8',
      'Take it out of the URL, and set POETRY_HTTP_BASIC_CORP_USERNAME and POETRY_HTTP_BASIC_CORP_PASSWORD',
    ),
  );
  const [nameless] = said('uv', UV_LOCK, `${PROJECT}[tool.uv]\nindex-url = "${SECRET}"\n`);
  assert.match(nameless ?? '', /pyproject\.toml:7 .*or give the index a `name` in \[\[tool\.uv\.index\]\]/);
});

test('one of an index that is not asked, or that the options leave out, is of no account', () => {
  assert.equal(said('uv', UV_LOCK.replace('c.example/simple', 'pypi.org/simple'), uvIndex(SECRET)), []);
  assert.equal(said('uv', UV_LOCK, uvIndex('https://me:secret@other.example/simple')), []);
  const source = `${PROJECT}[[tool.poetry.source]]\nname = "corp"\nurl = "${SECRET}"\n`;
  assert.equal(said('poetry', POETRY_LOCK, source, { urls: false }), []);
});

test('PDM and pipenv: of the manifest, which the lock may have as well', () => {
  assert.equal(
    said('pdm', PDM_LOCK, pdmSource(`url = "${SECRET}"`)),
    refused('pyproject.toml:8', `${OF_PDM} \`pdm lock\``),
  );
  const lock = pipfileLock([{ name: 'corp', url: SECRET, verify_ssl: true }]);
  const pipfile = `[[source]]\nname = "corp"\nurl = "${SECRET}"\nverify_ssl = true\n[packages]\nsix = "*"\n`;
  assert.equal(said('pipenv', lock, pipfile), refused('Pipfile:3', `${OF_PDM} \`pipenv lock\``));
  assert.equal(said('pipenv', lock, ''), refused('Pipfile.lock:7', `${OF_PDM} \`pipenv lock\``));
});

test('PDM: the keys username and password are a part of the URL', () => {
  const url = 'url = "https://c.example/simple"';
  const variables = pdmSource(url, 'username = "${USER}"', 'password = "${TOKEN}"');
  assert.equal(indexLines('pdm', PDM_LOCK, variables), [
    '--extra-index-url https://${USER}:${TOKEN}@c.example/simple',
  ]);
  assert.equal(
    said('pdm', PDM_LOCK, pdmSource(url, 'username = "me"', 'password = "secret"')),
    refused('pyproject.toml:10', `${OF_PDM} \`pdm lock\``),
  );
  assert.equal(
    said('pdm', PDM_LOCK, pdmSource(url, 'username = "me"')),
    refused('pyproject.toml:9', `${OF_PDM} \`pdm lock\``),
  );
  assert.equal(
    indexLines('pdm', PDM_LOCK, pdmSource(url, 'username = "me"', 'password = "${TOKEN}"')).length,
    1,
  );
});

test('pdm.toml: indexes that only this file names', () => {
  const of = (settings: string, manifest = PROJECT) => said('pdm', PDM_LOCK, manifest, {}, settings);
  const error = (place: string, url: string, name: string): readonly string[] => [
    `/app/pdm.toml:${place}: PDM takes packages from ${url}, but this library only reads the sources in pyproject.toml. Add it there as a [[tool.pdm.source]] with the name "${name}", and run \`pdm lock\`.`,
  ];
  const mirror = '[pypi]\nurl = "https://me:secret@m.example/simple"\n';
  assert.equal(of(mirror), error('2 has pypi.url', 'https://m.example/simple', 'pypi'));
  assert.equal(of(mirror, pdmSource('url = "https://c.example"').replace('corp', 'pypi')), []);
  assert.equal(of('[pypi]\nurl = "https://pypi.org/simple/"\n[python]\nuse_venv = true\n'), []);
  const further = '[pypi.corp]\nurl = "https://c.example/simple"\n';
  assert.equal(of(further), error('2 has pypi.corp.url', 'https://c.example/simple', 'corp'));
  assert.equal(of(further, pdmSource('url = "https://c.example"')), []);
  assert.equal(of(`[pypi]\nignore_stored_index = true\n${further}`), []);
});

test('pipenv: with install_search_all_sources any index may have a package', () => {
  const sources = [
    { name: 'pypi', url: 'https://pypi.org/simple', verify_ssl: true },
    { name: 'corp', url: 'https://c.example/simple', verify_ssl: true },
  ];
  const all = '[pipenv]\ninstall_search_all_sources = true\n';
  assert.equal(indexLines('pipenv', pipfileLock(sources), all), [
    '--extra-index-url https://c.example/simple',
  ]);
  assert.equal(indexLines('pipenv', pipfileLock(sources, { index: 'corp' }), all), [
    '--index-url https://c.example/simple',
    '--extra-index-url https://pypi.org/simple',
  ]);
  assert.equal(indexLines('pipenv', pipfileLock(sources, { index: 'corp' }), ''), [
    '--index-url https://c.example/simple',
  ]);
});

test.run();
