import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse, stringify } from 'smol-toml';
import type { DependencyRequest } from '../../src/plan/request/bundle-request';
import { DEFAULT_INDEX } from '../../src/plan/packaging/requirement/package-indexes';
import type { Json, Path } from '../plan/support/mutations';
import { pathsOf } from '../plan/support/mutations';
import { placesOf } from './hostile-values';

/** A lock or a manifest with something of all that its reader looks at. */
export interface RealDocument {
  /** Relative to the folder of the entry. */
  readonly name: string;
  readonly value: Json;
  readonly write: (value: Json) => string;
  /** What else lies in the folder. */
  readonly files: Readonly<Record<string, string>>;
  readonly dependencies: Partial<DependencyRequest>;
  /** Of a long list of a fixture only the ends. */
  readonly places: readonly Path[];
}

const FIXTURES = path.resolve(__dirname, '../fixtures/declarations');
const fixture = (name: string): string => fs.readFileSync(path.join(FIXTURES, name), 'utf8');

const fromToml = (text: string): Json => JSON.parse(JSON.stringify(parse(text))) as Json;
const toToml = (value: Json): string => stringify(value);
const toJson = (value: Json): string => JSON.stringify(value, undefined, 4);

const [H, C] = [`sha256:${'0'.repeat(64)}`, 'a'.repeat(40)];

const UV_MANIFEST = `[project]
name = "shop"
version = "1"
requires-python = ">=3.9"
dependencies = ["six>=1 ; python_version > '3'", "lib", "repo", "archive"]
optional-dependencies = { names = ["idna"] }
[dependency-groups]
web = ["zipp", { include-group = "more" }]
more = ["attrs"]
[tool.uv]
constraint-dependencies = ["attrs<99"]
override-dependencies = ["attrs<98"]
conflicts = [[{ extra = "names" }, { group = "apart" }]]
[tool.uv.sources]
lib = { path = "lib" }
repo = { git = "https://h/repo.git", rev = "v1", subdirectory = "py" }
archive = { url = "https://h/archive-1.zip" }
`;

const wheel = (name: string): string =>
  `{ url = "https://f.example/${name}-1-py3-none-any.whl", hash = "${H}", size = 1 }`;

const UV_LOCK = `version = 1
revision = 3
requires-python = ">=3.9"
resolution-markers = ["python_full_version >= '3.11'", "python_full_version < '3.11'"]
conflicts = [[{ package = "shop", extra = "names" }, { package = "shop", group = "apart" }]]
[options]
exclude-newer = "2026-01-01T00:00:00Z"
[manifest]
members = ["shop"]
constraints = [{ name = "attrs", specifier = "<99" }]
overrides = [{ name = "attrs", specifier = "<98" }]
[[package]]
name = "archive"
version = "1"
source = { url = "https://h/archive-1.zip", subdirectory = "py" }
sdist = { hash = "${H}" }
[[package]]
name = "attrs"
version = "1"
source = { registry = "https://pypi.org/simple" }
wheels = [${wheel('attrs')}]
[[package]]
name = "idna"
version = "1"
source = { registry = "https://i.example/simple" }
wheels = [${wheel('idna')}]
[[package]]
name = "lib"
version = "1"
source = { directory = "lib" }
[[package]]
name = "repo"
version = "1"
source = { git = "https://h/repo.git?subdirectory=py&rev=v1#${C}" }
[[package]]
name = "shop"
version = "1"
source = { virtual = "." }
dependencies = [
  { name = "archive" }, { name = "lib" }, { name = "repo" },
  { name = "six", version = "1", source = { registry = "https://pypi.org/simple" }, marker = "python_version > '3'", extra = ["x"] },
]
[package.optional-dependencies]
names = [{ name = "idna" }]
[package.dev-dependencies]
web = [{ name = "attrs" }, { name = "zipp" }]
more = [{ name = "attrs" }]
[package.metadata]
requires-dist = [
  { name = "six", marker = "python_version > '3'", specifier = ">=1" }, { name = "lib", directory = "lib" },
  { name = "repo", git = "https://h/repo.git?subdirectory=py&rev=v1" }, { name = "archive", url = "https://h/archive-1.zip" },
  { name = "idna", marker = "extra == 'names'" },
]
provides-extras = ["names"]
[package.metadata.requires-dev]
web = [{ name = "attrs" }, { name = "zipp" }]
more = [{ name = "attrs" }]
[[package]]
name = "six"
version = "1"
source = { registry = "https://pypi.org/simple" }
resolution-markers = ["python_full_version >= '3.11'"]
dependencies = [{ name = "attrs" }]
sdist = { url = "https://f.example/six-1.tar.gz", hash = "${H}", size = 2 }
wheels = [${wheel('six')}]
[package.optional-dependencies]
x = [{ name = "idna" }]
[[package]]
name = "zipp"
version = "1"
source = { registry = "https://pypi.org/simple" }
wheels = [${wheel('zipp')}]
`;

const PYLOCK = `lock-version = "1.0"
created-by = "uv"
requires-python = ">=3.9"
environments = ["sys_platform == 'linux'"]
extras = ["names"]
dependency-groups = ["web"]
default-groups = ["web"]
[[packages]]
name = "six"
version = "1"
marker = "python_version > '3'"
requires-python = ">=3"
index = "https://pypi.org/simple"
dependencies = [{ name = "attrs" }]
sdist = { name = "six-1.tar.gz", url = "https://f.example/six-1.tar.gz", size = 1, hashes = { sha256 = "${'0'.repeat(64)}" } }
wheels = [{ name = "six-1-py3-none-any.whl", url = "https://f.example/six-1-py3-none-any.whl", size = 1, hashes = { sha256 = "${'0'.repeat(64)}" } }]
[[packages]]
name = "repo"
vcs = { type = "git", url = "https://h/repo.git", requested-revision = "v1", commit-id = "${C}", subdirectory = "py" }
[[packages]]
name = "lib"
directory = { path = "lib", editable = true, subdirectory = "." }
[[packages]]
name = "archive"
archive = { url = "https://h/archive-1.zip", size = 1, hashes = { sha256 = "${'0'.repeat(64)}" }, subdirectory = "py" }
[packages.attestation-identities]
kind = "x"
`;

const CHOSEN = { extras: ['names'], groups: ['web'] };

const document = (
  name: string,
  text: string,
  files: Readonly<Record<string, string>> = {},
  dependencies: Partial<DependencyRequest> = CHOSEN,
): RealDocument => {
  const isJson = name === 'Pipfile.lock';
  const value = isJson ? (JSON.parse(text) as Json) : fromToml(text);
  return {
    name,
    value,
    write: isJson ? toJson : toToml,
    places: text.length > 4000 ? placesOf(value) : pathsOf(value),
    files: { 'lib/pyproject.toml': '[project]\nname = "lib"\nversion = "1"\n', ...files },
    dependencies,
  };
};

const asScript = (value: Json): string =>
  `# /// script\n${toToml(value).replace(/^/gm, '# ').trimEnd()}\n# ///\n`;

const PIPFILE = fixture('pipenv/Pipfile').replaceAll('DEFAULT_INDEX', DEFAULT_INDEX);
const PIPFILE_LOCK = fixture('pipenv/Pipfile.lock').replaceAll('DEFAULT_INDEX', DEFAULT_INDEX);

/** Documents of each format that is read. */
export const REAL_DOCUMENTS: Readonly<Record<string, RealDocument>> = {
  'uv.lock': document('uv.lock', UV_LOCK, { 'pyproject.toml': UV_MANIFEST }),
  'the manifest of uv.lock': document('pyproject.toml', UV_MANIFEST, { 'uv.lock': UV_LOCK }),
  'pylock.toml': document('pylock.toml', PYLOCK),
  'poetry.lock of Poetry 1': document('poetry.lock', fixture('poetry1/poetry.lock'), {
    'pyproject.toml': fixture('poetry1/pyproject.toml'),
  }),
  'poetry.lock of Poetry 2': document('poetry.lock', fixture('poetry2/poetry.lock'), {
    'pyproject.toml': fixture('poetry2/pyproject.toml'),
  }),
  'the manifest of Poetry 1': document('pyproject.toml', fixture('poetry1/pyproject.toml'), {
    'poetry.lock': fixture('poetry1/poetry.lock'),
  }),
  'pdm.lock': document('pdm.lock', fixture('pdm/pdm.lock'), {
    'pyproject.toml': fixture('pdm/pyproject.toml'),
  }),
  'the manifest of pdm.lock': document('pyproject.toml', fixture('pdm/pyproject.toml'), {
    'pdm.lock': fixture('pdm/pdm.lock'),
  }),
  'Pipfile.lock': document('Pipfile.lock', PIPFILE_LOCK, { Pipfile: PIPFILE }, {}),
  Pipfile: document('Pipfile', PIPFILE, { 'Pipfile.lock': PIPFILE_LOCK }, {}),
  'pyproject.toml': document('pyproject.toml', UV_MANIFEST),
  'a script': {
    ...document(
      'index.py',
      'requires-python = ">=3.9"\ndependencies = ["six", "lib"]\n[tool.uv.sources]\nlib = { path = "lib" }\n',
      {},
      {},
    ),
    write: asScript,
  },
  'pyproject.toml of a local package': document(
    'lib/pyproject.toml',
    UV_MANIFEST.replace('"lib", ', '').replace('name = "shop"', 'name = "lib"'),
    {
      'requirements.txt': './lib\n',
    },
    {},
  ),
};
