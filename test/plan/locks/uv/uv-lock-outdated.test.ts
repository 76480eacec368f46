import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DEFAULT_INDEX } from '../../../../src/plan/packaging/requirement/package-indexes';
import { markerEnvironment } from '../../../../src/plan/packaging/tags/marker-environment';
import { readUvLock } from '../../../../src/plan/locks/uv/uv-lock';

const test = suite('uv lock outdated');

const PACKAGES = ['six', 'tqdm', 'lib', 'rich', 'mypy', 'attrs']
  .map((name) => `[[package]]\nname = "${name}"\nsource = { registry = "${DEFAULT_INDEX}" }\n`)
  .join('');

const lock = (metadata: string, more = 'dependencies = [{ name = "six" }]'): string =>
  `version = 1\n[[package]]\nname = "app"\nsource = { virtual = "." }\n${more}\n${metadata}\n${PACKAGES}`;

const environment = markerEnvironment({ name: 'x', python: '3.11', glibcMinor: 26 }, 'x86_64');

/** Why a lock is outdated; null where it is not. */
const reason = (
  metadata: string,
  manifest: string,
  more?: string,
  markers: Readonly<Record<string, string>> | null = environment,
): string | null => {
  const result = readUvLock({
    source: { file: '/repo/uv.lock', text: lock(metadata, more) },
    manifest: { file: '/repo/pyproject.toml', text: manifest },
    markers,
    groups: [],
    extras: [],
  });
  if (result._tag === 'Right') return null;
  const [error] = result.left;
  if (error?._tag !== 'LockOutdated') throw new Error(JSON.stringify(result.left));
  assert.is(error.file, '/repo/uv.lock');
  assert.is(error.manifest, '/repo/pyproject.toml');
  assert.is(error.command, 'uv lock');
  return error.reason;
};

const dist = (...entries: readonly string[]): string =>
  `[package.metadata]\nrequires-dist = [${entries.map((entry) => `{ ${entry} }`).join(', ')}]\n`;

const project = (dependencies: readonly string[], more = ''): string =>
  `[project]\nname = "app"\ndependencies = [${dependencies.map((each) => `'${each}'`).join(', ')}]\n${more}`;

const SIX = 'name = "six", specifier = ">=1,<2"';

test('a lock of the same requirements, however they are written', () => {
  assert.is(reason(dist(SIX), project(['Six <2.0 , >= 1.0'])), null);
  assert.is(reason(dist('name = "lib", extras = ["a", "b-c"]'), project(['lib[B_c,a]'])), null);
  assert.is(
    reason(
      dist(`${SIX}, marker = "python_full_version < '3.12'"`),
      project(['six>=1,<2; python_version <= "3.11"']),
    ),
    null,
  );
});

test('a requirement more, less or other', () => {
  assert.is(reason(dist(SIX), project(['six>=1,<2', 'tqdm'])), 'it was made without tqdm');
  assert.is(reason(dist(SIX, 'name = "tqdm"'), project(['six>=1,<2'])), 'it was made with tqdm');
  assert.is(reason(dist(SIX), project(['six>=1'])), 'it was made without six>=1');
  assert.is(reason(dist('name = "lib"'), project(['lib[x]'])), 'it was made without lib[x]');
});

test('a marker counts by what it says of the target, and not at all where there is none', () => {
  const metadata = dist(`name = "tqdm", marker = "sys_platform == 'win32'"`);
  assert.is(reason(metadata, project(['tqdm'])), 'it was made without tqdm');
  assert.is(reason(metadata, project(['tqdm; os_name == "nt"'])), null);
  assert.is(reason(metadata, project(['tqdm']), undefined, null), null);
});

/** A project with one dependency and its sources. */
const sourced = (dependency: string, source: string, more = ''): string =>
  project([dependency], `[tool.uv.sources]\n${source}\n${more}`);

const CORP = '[[tool.uv.index]]\nname = "corp"\nurl = "https://me:secret@c.example/simple/"\n';

test('a package of an index that it names', () => {
  const corp = dist('name = "lib", specifier = ">=1", index = "https://c.example/simple"');
  assert.is(reason(corp, sourced('lib>=1', 'lib = { index = "corp" }', CORP)), null);
  assert.is(
    reason(corp, sourced('lib>=2', 'lib = { index = "corp" }', CORP)),
    'it was made without lib>=2 of the index https://c.example/simple',
  );
  assert.is(
    reason(corp, sourced('lib[x]>=1', 'lib = { index = "corp" }', CORP)),
    'it was made without lib[x]>=1 of the index https://c.example/simple',
  );
  assert.is(
    reason(dist('name = "lib"'), sourced('lib', 'lib = { index = "corp" }', CORP)),
    'it was made without lib of the index https://c.example/simple',
  );
  assert.is(reason(corp, project(['lib>=1'])), 'it was made without lib>=1');
  const folder = '[[tool.uv.index]]\nname = "corp"\nurl = "../wheels"\n';
  assert.is(reason(corp, sourced('lib>=1', 'lib = { index = "corp" }', folder)), null);
});

test('a package of a Git repository, a URL or a path', () => {
  const git = dist('name = "lib", git = "https://h.example/lib?subdirectory=a%20b&tag=v1"');
  const is = (source: string): string | null => reason(git, sourced('lib>=1', `lib = { ${source} }`));
  const home = 'git = "https://me@H.example/lib", subdirectory = "a b/"';
  assert.is(is(`${home}, tag = "v1"`), null);
  assert.is(
    is(`${home}, tag = "v2"`),
    'it was made without lib of https://h.example/lib, tag v2, subdirectory a b',
  );
  assert.ok(is(`${home}, branch = "v1"`));
  assert.ok(is(`${home}, tag = "v1", lfs = true`));
  assert.ok(is('git = "https://h.example/lib", tag = "v1"'));
  const lfs = dist('name = "lib", git = "https://h.example/lib?lfs=true#c0ffee"');
  assert.is(reason(lfs, sourced('lib', 'lib = { git = "https://h.example/lib" }')), null);
  assert.ok(reason(lfs, sourced('lib', 'lib = { git = "https://h.example/lib", lfs = false }')));
  const written = dist('name = "lib", git = "ssh://git@h.example/lib?subdirectory=x&rev=v1"');
  assert.is(reason(written, project(['lib @ git+ssh://git@h.example/lib@v1#egg=lib&subdirectory=x'])), null);
  assert.ok(reason(written, project(['lib @ git+ssh://git@h.example/lib@v2#subdirectory=x'])));
  const url = dist('name = "lib", url = "https://h.example/lib.zip", subdirectory = "x"');
  assert.is(reason(url, project(['lib @ https://h.example/lib.zip#subdirectory=x'])), null);
  assert.is(
    reason(url, project(['lib @ https://h.example/lib.zip'])),
    'it was made without lib of https://h.example/lib.zip',
  );
  assert.is(reason(dist('name = "lib", path = "a/l.whl"'), project(['lib @ file:///repo/a/l.whl'])), null);
  assert.is(reason(dist('name = "lib", directory = "../lib"'), project(['lib @ ../lib'])), null);
  assert.is(
    reason(dist('name = "lib", directory = "../lib"'), project(['lib @ ../other'])),
    'it was made without lib of ../other',
  );
  assert.is(
    reason(git, project([])),
    'it was made with lib of https://h.example/lib, tag v1, subdirectory a b',
  );
});

test('a source with a marker is for the target where that holds', () => {
  const both = dist(
    `name = "lib", marker = "sys_platform == 'linux'", git = "https://h.example/lib"`,
    `name = "lib", marker = "sys_platform != 'linux'", editable = "../lib"`,
  );
  const linux = `{ git = "https://h.example/lib", marker = "sys_platform == 'linux'" }`;
  const rest = `{ path = "../lib", editable = true, marker = "sys_platform != 'linux'" }`;
  assert.is(reason(both, sourced('lib', `lib = [${linux}, ${rest}]`)), null);
  assert.is(reason(both, sourced('lib', `lib = [${rest}]`)), 'it was made without lib');
  // Without a target each marker holds, so sources are not compared.
  assert.is(reason(both, sourced('lib', `lib = [${rest}]`), undefined, null), null);
});

const OPTIONAL = '[project.optional-dependencies]\nFast_IO = ["rich>=1"]\n';

test('extras', () => {
  const entry = `name = "rich", marker = "extra == 'fast-io'"`;
  assert.is(reason(dist(`${entry}, specifier = ">=1"`), project([], OPTIONAL)), null);
  assert.is(reason(dist('name = "six"', `${entry}, specifier = ">=1"`), project(['six'], OPTIONAL)), null);
  assert.is(reason(dist(entry), project([], OPTIONAL)), 'it was made without rich>=1 in the extra fast-io');
  assert.is(
    reason(dist(), project([], `${OPTIONAL}all = ["app[fast-io]", "tqdm"]\n`)),
    'it was made without rich>=1 in the extra fast-io',
  );
  const self = dist(`${entry}, specifier = ">=1"`);
  assert.is(reason(self, project([], `${OPTIONAL}all = ["app[fast-io]"]\n`)), null);
});

test('groups, with those that they include', () => {
  const groups = '[dependency-groups]\nlint = ["mypy", { include-group = "Types" }]\ntypes = ["attrs"]\n';
  const dev = (entries: string): string =>
    `[package.metadata.requires-dev]\nlint = [${entries}]\ntypes = [{ name = "attrs" }]\n`;
  const fresh = dev(`{ name = "mypy", marker = "python_full_version >= '3.12'" }, { name = "attrs" }`);
  // uv adds the Python of a group to its markers.
  const python = '[tool.uv.dependency-groups]\nlint = { requires-python = ">=3.12" }\n';
  assert.is(reason(fresh, project([], `${groups}${python}`)), null);
  assert.is(reason(fresh, project([], groups)), 'it was made without mypy in the group lint');
  assert.is(
    reason(dev('{ name = "mypy" }'), project([], groups)),
    'it was made without attrs in the group lint',
  );
  assert.is(
    reason('[package.metadata.requires-dev]\n', project([], groups)),
    'it was made without mypy in the group lint',
  );
  const legacy = '[dependency-groups]\ndev = []\n[tool.uv]\ndev-dependencies = ["mypy"]\n';
  assert.is(
    reason('[package.metadata.requires-dev]\ndev = [{ name = "mypy" }]\n', project([], legacy)),
    null,
  );
});

test('what the lock does not keep, or only a build would tell, is not compared', () => {
  assert.is(reason('', project(['tqdm'])), null);
  assert.is(reason('', project(['tqdm']), ''), 'it was made without tqdm');
  assert.is(reason(dist(SIX), '[project]\nname = "app"\ndynamic = ["dependencies"]\n'), null);
  const dynamic =
    '[project]\nname = "app"\ndynamic = ["optional-dependencies"]\n[project.optional-dependencies]\nx = ["rich"]\n';
  assert.is(reason(dist(), dynamic), null);
  assert.is(reason(dist(SIX), '[tool.other]\n'), null);
  assert.is(reason(dist(SIX), project(['no requirement!'])), null);
  const old = '[package.dev-dependencies]\ndev = [{ name = "mypy" }]\n';
  assert.is(reason(`${old}${dist()}`, project([], '[dependency-groups]\ndev = ["mypy"]\n')), null);
});

/** Why the lock of a root without a project is outdated. */
const rootReason = (groups: string, manifest: string): string | null => {
  const result = readUvLock({
    source: {
      file: '/repo/uv.lock',
      text: `version = 1\n[manifest]\nmembers = []\n[manifest.dependency-groups]\n${groups}\n${PACKAGES}`,
    },
    manifest: { file: '/repo/pyproject.toml', text: manifest },
    markers: environment,
    groups: ['web'],
    extras: [],
  });
  if (result._tag === 'Right') return null;
  const [error] = result.left;
  if (error?._tag !== 'LockOutdated') throw new Error(JSON.stringify(result.left));
  assert.is(error.command, 'uv lock');
  return error.reason;
};

test('groups of a root without a project are compared as well', () => {
  const then = 'web = [{ name = "six", specifier = ">=1" }]';
  assert.is(rootReason(then, '[dependency-groups]\nWeb = ["six >=1"]\n'), null);
  assert.is(
    rootReason(then, '[dependency-groups]\nweb = ["six>=1.16"]\n'),
    'it was made without six>=1.16 in the group web',
  );
  assert.is(
    rootReason(`${then}\ndev = [{ name = "mypy" }]`, '[dependency-groups]\nweb = ["six>=1"]\n'),
    'it was made with the group dev',
  );
  assert.is(
    rootReason(
      `${then}\ndev = [{ name = "mypy" }]`,
      '[dependency-groups]\nweb = ["six>=1"]\n[tool.uv]\ndev-dependencies = ["mypy"]\n',
    ),
    null,
  );
});

test('a group that the project no longer has', () => {
  assert.is(
    reason(
      `${dist(SIX)}[package.metadata.requires-dev]\nweb = [{ name = "tqdm" }]\n`,
      project(['six>=1,<2']),
    ),
    'it was made with the group web',
  );
});

test.run();
