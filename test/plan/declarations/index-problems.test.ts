import { isLeft } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DependencyRequest } from '../../../src/plan/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../../src/plan/bundle-request';
import { projectSet } from '../../../src/plan/declarations/project-set';
import { showPlanError } from '../../../src/plan/plan-error';
import { PYTHON_3_11 } from '../support/targets';

const test = suite('what a project says of its indexes, and an install cannot follow');

const target = PYTHON_3_11;

const HASH = `sha256:${'a'.repeat(64)}`;
const WHEEL = 'six-1.17.0-py3-none-any.whl';
const PROJECT = '[project]\nname = "a"\nversion = "1"\nrequires-python = ">=3.9"\ndependencies = ["six"]\n';

const UV_LOCK = `version = 1
revision = 3
requires-python = ">=3.9"

[[package]]
name = "six"
version = "1.17.0"
source = { registry = "https://c.example/simple" }
wheels = [
    { url = "https://c.example/files/${WHEEL}", hash = "${HASH}" },
]

[[package]]
name = "a"
version = "1"
source = { virtual = "." }
dependencies = [
    { name = "six" },
]

[package.metadata]
requires-dist = [
    { name = "six" },
]
`;

const POETRY_LOCK = `[[package]]
name = "six"
version = "1.17.0"
optional = false
python-versions = "*"
groups = ["main"]
files = [
    {file = "${WHEEL}", hash = "${HASH}"},
]

[package.source]
type = "legacy"
url = "https://c.example/simple"
reference = "corp"

[metadata]
lock-version = "2.1"
python-versions = ">=3.9"
`;

const PDM_LOCK = `[metadata]
groups = ["default"]
strategy = ["inherit_metadata"]
lock_version = "4.5.0"

[[metadata.targets]]
requires_python = ">=3.9"

[[package]]
name = "six"
version = "1.17.0"
groups = ["default"]
files = [{file = "${WHEEL}", hash = "${HASH}"}]
`;

const pipfileLock = (sources: readonly object[], more = {}): string =>
  JSON.stringify(
    {
      _meta: { 'pipfile-spec': 6, sources },
      default: { six: { hashes: [HASH], version: '==1.17.0', ...more } },
    },
    null,
    4,
  );

const FILES = {
  uv: ['uv.lock', 'pyproject.toml'],
  poetry: ['poetry.lock', 'pyproject.toml'],
  pdm: ['pdm.lock', 'pyproject.toml'],
  pipenv: ['Pipfile.lock', 'Pipfile'],
} as const;

const setOf = (
  kind: keyof typeof FILES,
  lock: string,
  manifest: string,
  options: Partial<DependencyRequest> = {},
  settings?: string,
) => {
  const [source, beside] = FILES[kind];
  return projectSet(
    {
      kind,
      source: { file: `/app/${source}`, text: lock },
      manifest: { file: `/app/${beside}`, text: manifest },
      ...(settings === undefined ? {} : { settings: { file: `/app/${kind}.toml`, text: settings } }),
      localPackages: [],
    },
    { ...DEFAULT_DEPENDENCIES, ...options },
    target,
  );
};

const said = (...given: Parameters<typeof setOf>): readonly string[] => {
  const set = setOf(...given);
  return isLeft(set) ? set.left.map(showPlanError) : [];
};

const indexLines = (...given: Parameters<typeof setOf>): readonly string[] => {
  const set = setOf(...given);
  if (isLeft(set)) throw new Error(set.left.map(showPlanError).join('\n'));
  const text = (set.right?.generated ?? []).map((file) => file.text).join('');
  return text.split('\n').filter((line) => line.startsWith('--'));
};

const SECRET = 'https://me:secret@c.example/simple';

const refused = (place: string, advice: string): readonly string[] => [
  `/app/${place} has a user name or password of the index https://c.example/simple: it would become a part of plans, and so of the output of \`cdk synth\`. ${advice}, or use a netrc file.`,
];

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

const pdmSource = (...lines: readonly string[]): string =>
  `${PROJECT}[[tool.pdm.source]]\nname = "corp"\n${lines.join('\n')}\n`;

const OF_PDM = 'Write variables in the URL, such as `https://${USER}:${PASSWORD}@host`, set them, and run';

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

test('PDM: a page or a folder of files', () => {
  const links = pdmSource('type = "find_links"', 'url = "https://l.example/page"');
  assert.equal(said('pdm', PDM_LOCK, links), [
    '/app/pyproject.toml:9 has the source https://l.example/page of the type find_links: PDM may take six from it, and this library asks package indexes alone. Serve it as an index. Where these packages do not come from it, set its `include_packages` to those that do and its `exclude_packages` to ["*"].',
  ]);
  assert.equal(
    said('pdm', PDM_LOCK, `${links}include_packages = ["corp-*"]\nexclude_packages = ["*"]\n`),
    [],
  );
  const told = PDM_LOCK.replace(`file = "${WHEEL}"`, `url = "https://files.pythonhosted.org/${WHEEL}"`);
  assert.equal(said('pdm', told, links), [], 'the lock says that it comes from PyPI');
});

test('pdm.toml: indexes that only this file names', () => {
  const of = (settings: string, manifest = PROJECT) => said('pdm', PDM_LOCK, manifest, {}, settings);
  const error = (place: string, url: string, name: string): readonly string[] => [
    `/app/pdm.toml:${place}: PDM takes packages from ${url}, and this library reads the sources of pyproject.toml alone. Add it there as a [[tool.pdm.source]] with the name "${name}", and run \`pdm lock\`.`,
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
