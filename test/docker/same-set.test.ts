import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { planWith } from '../exec/support/plans';
import { execute } from '../support/bundle-file';
import { dockerSkipReason } from '../support/docker';
import type { OpenIndex } from '../support/open-index';
import { openIndex } from '../support/open-index';
import { environmentWith } from '../support/python-tools';
import { sourceDistribution } from '../support/sdist';
import { temporaryFolder } from '../support/temporary';
import { wheelFolder } from '../support/wheel';

const test = suite('a container takes the same set as this machine');

const IMAGE = 'public.ecr.aws/sam/build-python3.11';

const wheel = (name: string, version: string, options: Parameters<typeof wheelFolder>[2] = {}): string =>
  wheelFolder(name, { [`${name}.py`]: '' }, { version, ...options });

const native = (name: string, version: string, glibc: string): string =>
  wheel(name, version, { tag: `py3-none-manylinux_${glibc}_x86_64` });

/** The folder of a source distribution of this name, of version 1. */
const source = (name: string): string => path.dirname(sourceDistribution({ name, code: '' }));

interface Where {
  readonly tool: 'uv' | 'pip';
  readonly executor: 'host' | 'docker';
}

const PLACES = (['host', 'docker'] as const).flatMap((executor) =>
  (['uv', 'pip'] as const).map((tool): Where => ({ tool, executor })),
);

/**
 * The distributions that a bundle has, or the message.
 *
 * @param index undefined for the default one
 */
const installed = async (
  index: OpenIndex | undefined,
  { tool, executor }: Where,
  requirements: string,
  changes: Partial<BundleRequest> = {},
): Promise<string> => {
  const lines = index === undefined ? requirements : `--index-url ${index.url}\n${requirements}`;
  const plan = planWith(`${lines}\n`, {
    runtime: { prop: 'python3.11' },
    executor,
    docker: { environment: [], volumes: [], network: 'host' },
    ...changes,
  });
  const [report] = await execute([plan], {
    ...environmentWith({ [tool]: true, docker: true }),
    CDK_LAMBDA_PYTHON_CACHE: path.join(temporaryFolder(), 'store'),
    HOME: temporaryFolder(),
  });
  return report?.outcome._tag === 'Failed'
    ? showExecutionError(report.outcome.error)
    : fs
        .readdirSync(plan.output.path)
        .filter((name) => name.endsWith('.dist-info'))
        .map((name) => name.replace('.dist-info', ''))
        .sort()
        .join(' ');
};

const sameEverywhere = async (
  folders: readonly string[],
  requirements: string,
  expected: string,
  changes: Partial<BundleRequest> = {},
): Promise<void> => {
  const index = await openIndex(...folders);
  try {
    for (const place of PLACES)
      assert.is(await installed(index, place, requirements, changes), expected, JSON.stringify(place));
  } finally {
    index.close();
  }
};

const LEVELS = [
  native('sample_n', '1', '2_17'),
  native('sample_n', '2', '2_24'),
  native('sample_n', '3', '2_28'),
];

test('the newest version that has a wheel for the oldest C library', () =>
  sameEverywhere(LEVELS, 'sample-n', 'sample_n-1'));

test('a pinned version that has a newer wheel alone', () =>
  sameEverywhere([...LEVELS, native('other', '1', '2_17')], 'sample-n==2\nother', 'other-1 sample_n-2'));

test('what is for a later patch level than the first of the runtime', () =>
  sameEverywhere(
    [wheel('pure', '1', { python: '>=3.8' }), wheel('pure', '2', { python: '>=3.11.1' })],
    'pure\nextra; python_full_version >= "3.11.1"',
    'pure-1',
  ));

test('a version that has a wheel, before a newer one that must be built, also where something else is built', () =>
  sameEverywhere(
    [wheel('half', '0.5'), source('half'), source('docopt')],
    'half\ndocopt',
    'docopt-1 half-0.5',
  ));

test('a project with a setup.py alone, whose metadata an older pip writes as .egg-info', async () => {
  for (const place of PLACES)
    assert.is(await installed(undefined, place, 'docopt==0.6.2'), 'docopt-0.6.2', JSON.stringify(place));
});

test('a wheel that does not load on the runtime is an error, whatever the image has', async () => {
  const index = await openIndex(native('sample_n', '3', '2_28'));
  try {
    for (const place of PLACES)
      assert.match(await installed(index, place, 'sample-n==3'), /sample[-_]n[-=]+3/, JSON.stringify(place));
  } finally {
    index.close();
  }
});

const skip = dockerSkipReason(IMAGE);
if (skip === undefined) test.run();
else console.log(`SKIPPED: ${skip}`);
