import { isLeft } from 'fp-ts/Either';
import type { DependencyRequest } from '../../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../../src/plan/request/bundle-request';
import { projectSet } from '../../../src/plan/declarations/sets/project-set';
import { showPlanError } from '../../../src/plan/errors/plan-error';
import { PYTHON_3_11 } from './targets';

const target = PYTHON_3_11;

export const HASH = `sha256:${'a'.repeat(64)}`;
export const WHEEL = 'six-1.17.0-py3-none-any.whl';
export const PROJECT =
  '[project]\nname = "a"\nversion = "1"\nrequires-python = ">=3.9"\ndependencies = ["six"]\n';

export const UV_LOCK = `version = 1
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

export const POETRY_LOCK = `[[package]]
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

export const PDM_LOCK = `[metadata]
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

export const pipfileLock = (sources: readonly object[], more = {}): string =>
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

/** What is wrong with a project. */
export const said = (...given: Parameters<typeof setOf>): readonly string[] => {
  const set = setOf(...given);
  return isLeft(set) ? set.left.map(showPlanError) : [];
};

/** The lines of the generated files that begin with an option. */
export const indexLines = (...given: Parameters<typeof setOf>): readonly string[] => {
  const set = setOf(...given);
  if (isLeft(set)) throw new Error(set.left.map(showPlanError).join('\n'));
  const text = (set.right?.generated ?? []).map((file) => file.text).join('');
  return text.split('\n').filter((line) => line.startsWith('--'));
};

/** A PDM project with one more source. */
export const pdmSource = (...lines: readonly string[]): string =>
  `${PROJECT}[[tool.pdm.source]]\nname = "corp"\n${lines.join('\n')}\n`;

export const SECRET = 'https://me:secret@c.example/simple';

/** The error of a password, at a place. */
export const refused = (place: string, advice: string): readonly string[] => [
  `/app/${place} has a user name or password of the index https://c.example/simple: it would be in plans, and so in the output of \`cdk synth\`. ${advice}, or use a netrc file.`,
];

export const OF_PDM =
  'Write variables in the URL, such as `https://${USER}:${PASSWORD}@host`, set them, and run';
