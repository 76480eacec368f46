import { readFileSync } from 'node:fs';
import * as path from 'node:path';

/** Pinned requirements, and what a handler imports of them. */
export interface RequirementSet {
  /** The lines of the requirements file; none where a function has no file. */
  readonly lines: readonly string[];
  readonly modules: readonly string[];
}

export interface FunctionSpec {
  /** The construct's id, and the name of the folder. */
  readonly id: string;
  readonly set: RequirementSet;
}

export interface Workload {
  readonly name: string;
  readonly title: string;
  readonly functions: readonly FunctionSpec[];
  /** How often those contenders are run at most that need many times as long as the others. */
  readonly slowRuns: number;
}

const NOTHING: RequirementSet = { lines: [], modules: [] };

/** A file of `bench/requirements`: made once by `uv pip compile`, so that each run installs the same. */
const fileSet = (name: string, ...modules: readonly string[]): RequirementSet => ({
  lines: readFileSync(path.join(__dirname, 'requirements', `${name}.txt`), 'utf8')
    .split('\n')
    .filter((line) => line !== ''),
  modules,
});

const web = fileSet('web', 'requests');
const api = fileSet('api', 'boto3', 'pydantic', 'requests');
const data = fileSet('data', 'numpy', 'pandas');

/** What ten functions of a larger application might have. */
const different: readonly RequirementSet[] = [
  fileSet('http', 'httpx', 'tenacity'),
  fileSet('asgi', 'fastapi', 'mangum'),
  fileSet('database', 'sqlalchemy', 'pg8000'),
  fileSet('tokens', 'jwt', 'cryptography.fernet'),
  fileSet('templates', 'jinja2', 'yaml'),
  fileSet('images', 'PIL.Image'),
  fileSet('tracing', 'aws_lambda_powertools'),
  fileSet('json', 'orjson', 'jsonschema', 'dateutil.parser'),
  fileSet('markup', 'lxml.etree', 'bs4'),
  fileSet('cache', 'redis', 'msgpack'),
];

const tiny = fileSet('tiny');

/** The pairs of fifteen tiny packages: 105 sets that differ, and take next to no time to install. */
const pairs: readonly RequirementSet[] = tiny.lines.flatMap((first, index) =>
  tiny.lines.slice(index + 1).map((second) => ({
    lines: [first, second],
    modules: [first, second].map((line) => line.split('==')[0] ?? line),
  })),
);

const functions = (
  count: number,
  setOf: (index: number) => RequirementSet,
  digits = 2,
): readonly FunctionSpec[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `Fn${String(index + 1).padStart(digits, '0')}`,
    set: setOf(index),
  }));

const workload = (
  name: string,
  title: string,
  specs: readonly FunctionSpec[],
  slowRuns = Number.POSITIVE_INFINITY,
): Workload => ({ name, title, functions: specs, slowRuns });

/** Functions of the workload that asks what a very large app costs. */
export const SCALES = [100, 300, 1000] as const;

export const SETS_AT_SCALE = 100;

export const scaleWorkload = (count: number, sets = SETS_AT_SCALE): Workload =>
  workload(
    sets === SETS_AT_SCALE ? `S${count}` : `S${count}x${sets}`,
    `${count} functions, ${sets} sets of two tiny packages`,
    functions(count, (index) => pairs[index % sets] ?? NOTHING, 4),
  );

/** Sets of real applications, by the names of their files, of different sizes: what builders are measured with. */
export const REAL_SETS: readonly (readonly [string, RequirementSet])[] = [
  ['web', web],
  ['http', different[0] ?? NOTHING],
  ['asgi', different[1] ?? NOTHING],
  ['database', different[2] ?? NOTHING],
  ['tokens', different[3] ?? NOTHING],
  ['templates', different[4] ?? NOTHING],
  ['images', different[5] ?? NOTHING],
  ['tracing', different[6] ?? NOTHING],
  ['json', different[7] ?? NOTHING],
  ['markup', different[8] ?? NOTHING],
  ['cache', different[9] ?? NOTHING],
  ['api', api],
  ['data', data],
  ['science', fileSet('science', 'numpy', 'scipy')],
];

/** Two functions of each of those sets: the second finds what the first has installed. */
export const buildersWorkload: Workload = workload(
  'builders',
  'two functions of each real set',
  REAL_SETS.flatMap(([name, set]) => ['First', 'Next'].map((id) => ({ id: `${id}${name}`, set }))),
);

/** An app of a team: functions over the ten different sets. */
export const teamWorkload = (name: string, count: number): Workload =>
  workload(
    name,
    `${count} functions, ${different.length} sets`,
    functions(count, (index) => different[index % different.length] ?? NOTHING),
  );

/** Nothing to install: it only has a contender get ready. */
export const emptyFunction: Workload = workload(
  'warm-up',
  'one empty function',
  functions(1, () => NOTHING),
);

export const WORKLOADS: readonly Workload[] = [
  workload(
    'W1',
    'one function: requests',
    functions(1, () => web),
  ),
  workload(
    'W2',
    'one function: boto3, pydantic, requests',
    functions(1, () => api),
  ),
  workload(
    'W3',
    'one function: numpy, pandas',
    functions(1, () => data),
    2,
  ),
  workload(
    'W4',
    'ten functions, all with the requirements of W2',
    functions(10, () => api),
    1,
  ),
  workload(
    'W5',
    'ten functions with ten different sets',
    functions(10, (index) => different[index] ?? NOTHING),
    1,
  ),
  workload(
    'W6',
    '50 functions without dependencies',
    functions(50, () => NOTHING),
    1,
  ),
];
