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

export const scaleWorkload = (count: number): Workload =>
  workload(
    `S${count}`,
    `${count} functions, ${SETS_AT_SCALE} sets of two tiny packages`,
    functions(count, (index) => pairs[index % SETS_AT_SCALE] ?? NOTHING, 4),
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
