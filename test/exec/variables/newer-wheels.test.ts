import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../../src/exec/errors/execution-error';
import { execute } from '../../support/bundle-file';
import type { OpenIndex } from '../../support/open-index';
import { openIndex } from '../../support/open-index';
import { environmentWith } from '../../support/python-tools';
import { temporaryFolder } from '../../support/temporary';
import { wheelFolder } from '../../support/wheel';
import { planWith } from '../support/plans';

const test = suite('wheels for a C library between the levels that uv knows');

const wheel = (version: string, glibc: string, name = 'sample_n'): string =>
  wheelFolder(name, { [`${name}.py`]: '' }, { version, tag: `py3-none-manylinux_${glibc}_x86_64` });

const installed = async (
  { url }: OpenIndex,
  tool: 'uv' | 'pip',
  requirements: string,
  changes: Parameters<typeof planWith>[1] = {},
): Promise<string> => {
  const plan = planWith(`--index-url ${url}\n${requirements}\n`, {
    runtime: { prop: 'python3.11' },
    ...changes,
  });
  const [report] = await execute(
    [plan],
    { ...environmentWith({ [tool]: true }), CDK_LAMBDA_PYTHON_CACHE: path.join(temporaryFolder(), 'store') },
    {},
  );
  return report?.outcome._tag === 'Failed'
    ? showExecutionError(report.outcome.error)
    : fs
        .readdirSync(plan.output.path)
        .filter((name) => name.endsWith('.dist-info'))
        .map((name) => {
          const tag = /^Tag: .*manylinux_(\d+_\d+)/m.exec(
            fs.readFileSync(path.join(plan.output.path, name, 'WHEEL'), 'utf8'),
          );
          return `${name.replace('.dist-info', '')} (${tag?.[1] ?? 'any'})`;
        })
        .sort()
        .join(', ');
};

for (const tool of ['uv', 'pip'] as const) {
  test(`${tool}: takes the newest version that has a wheel for manylinux_2_17, as the other does`, async () => {
    const index = await openIndex(wheel('1', '2_17'), wheel('2', '2_24'), wheel('3', '2_28'));
    try {
      const take = installed.bind(null, index, tool);
      assert.is(await take('sample-n'), 'sample_n-1 (2_17)');
      assert.is(await take('sample-n==2'), 'sample_n-2 (2_24)');
      assert.match(await take('sample-n==3'), /sample[-_]n==3/);
      assert.is(await take('sample-n', { runtime: { prop: 'python3.12' } }), 'sample_n-3 (2_28)');
    } finally {
      index.close();
    }
  });

  test(`${tool}: each pinned version has the wheel that loads, whatever the others have`, async () => {
    const index = await openIndex(
      wheel('2', '2_24'),
      wheel('1', '2_17', 'other'),
      wheel('1', '2_28', 'other'),
      wheel('1', '2_17', 'third'),
    );
    try {
      assert.is(
        await installed(index, tool, 'sample-n==2\nother==1\nthird==1'),
        'other-1 (2_17), sample_n-2 (2_24), third-1 (2_17)',
      );
    } finally {
      index.close();
    }
  });
}

test('a version with a wheel that loads beside a newer one: pip takes it, and uv says what to do', async () => {
  const index = await openIndex(wheel('2', '2_24'), wheel('2', '2_28'));
  try {
    const said = await installed(index, 'uv', 'sample-n==2');
    assert.match(
      said,
      /^The requirement sample_n==2 has no wheel for [^]*uv supports manylinux_2_17 and manylinux_2_28, and no level between: it took a wheel that needs a newer C library than the runtime has\. If the version has another wheel, such as one for manylinux_2_24, set `bundling\.installer` to "pip"\./,
    );
    assert.is(await installed(index, 'pip', 'sample-n==2'), 'sample_n-2 (2_24)');
  } finally {
    index.close();
  }
});

test('uv and pip: what leaves the first patch levels of Python 3.9 out is for the runtime', async () => {
  const pure = (version: string, python: string): string =>
    wheelFolder('pure', { 'pure.py': '' }, { version, python });
  const index = await openIndex(pure('1', '>=3.8'), pure('2', '>=3.9,!=3.9.0,!=3.9.1'));
  try {
    for (const tool of ['uv', 'pip'] as const)
      assert.is(
        await installed(index, tool, 'pure', { runtime: { prop: 'python3.9' } }),
        'pure-2 (any)',
        tool,
      );
  } finally {
    index.close();
  }
});

test('uv: what a pinned version is resolved with, and does not load, is told by name', async () => {
  const index = await openIndex(
    wheelFolder(
      'app',
      { 'app.py': '' },
      { version: '1', tag: 'py3-none-manylinux_2_24_x86_64', requires: ['sample-n'] },
    ),
    wheel('1', '2_17'),
    wheel('3', '2_28'),
  );
  try {
    assert.match(await installed(index, 'uv', 'app==1'), /^The requirement sample_n==3 has no wheel for /);
    assert.is(await installed(index, 'pip', 'app==1'), 'app-1 (2_24), sample_n-1 (2_17)');
    const capped = 'app==1\nsample-n<3';
    assert.is(await installed(index, 'uv', capped), 'app-1 (2_24), sample_n-1 (2_17)');
    assert.is(await installed(index, 'pip', capped), 'app-1 (2_24), sample_n-1 (2_17)');
  } finally {
    index.close();
  }
});

test.run();
