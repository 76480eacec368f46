import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { indexLines, PDM_LOCK, pdmSource, pipfileLock } from '../../support/locked-project';

const test = suite('indexes whose certificate a project says not to check');

test('an index whose certificate the project says not to check', () => {
  const url = 'url = "https://c.example:8443/simple"';
  const asked = '--extra-index-url https://c.example:8443/simple';
  assert.equal(indexLines('pdm', PDM_LOCK, pdmSource(url, 'verify_ssl = false')), [
    asked,
    '--trusted-host c.example:8443',
  ]);
  assert.equal(indexLines('pdm', PDM_LOCK, pdmSource(url, 'verify_ssl = true')), [asked]);
  assert.equal(
    indexLines('pdm', PDM_LOCK, pdmSource(url.replace('https', 'http'), 'verify_ssl = false')),
    [asked.replace('https', 'http')],
    'has no certificate',
  );
  assert.equal(
    indexLines(
      'pdm',
      PDM_LOCK,
      pdmSource(url.replace('//', '//${USER}:${TOKEN}@'), 'verify_ssl = false'),
    ).slice(1),
    ['--trusted-host c.example:8443'],
  );
  assert.equal(
    indexLines(
      'pdm',
      PDM_LOCK,
      pdmSource(url, 'verify_ssl = false', 'include_packages = ["corp"]', 'exclude_packages = ["*"]'),
    ),
    [],
    'is not asked',
  );
  const sources = [{ name: 'corp', url: 'https://c.example/simple', verify_ssl: false }];
  assert.equal(indexLines('pipenv', pipfileLock(sources), ''), [
    '--index-url https://c.example/simple',
    '--trusted-host c.example',
  ]);
});

test.run();
