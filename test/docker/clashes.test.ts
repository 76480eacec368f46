import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../src/plan/request/bundle-request';
import { planWith } from '../exec/support/plans';
import { execute } from '../support/bundle-file';
import { dockerSkipReason } from '../support/docker';
import type { OpenIndex } from '../support/open-index';
import { openIndex } from '../support/open-index';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';
import type { WheelOptions } from '../support/wheel';
import { wheelFolder } from '../support/wheel';

const test = suite('one file of two distributions, in a container');

const IMAGE = 'public.ecr.aws/sam/build-python3.11';

const FILES = ['same/x.py', 'same/y.py', 'same/w.py'];

/** A wheel that says in each of its files which distribution it is of. */
const wheel = (name: string, files: readonly string[], options: WheelOptions = {}): string =>
  wheelFolder(
    name,
    Object.fromEntries([`${name}.py`, ...files].map((file) => [file, `NAME = "${name}"\n`])),
    {
      isHashed: true,
      ...options,
    },
  );

const WHEELS = [
  wheel('clash_a', ['same/x.py'], { requires: ['clash-z'] }),
  wheel('clash_m', FILES),
  wheel('clash_z', ['same/x.py', 'same/y.py']),
];

/** Which distribution the files of a bundle are of, and their byte code. */
const owners = async (
  { url }: OpenIndex,
  tool: 'uv' | 'pip',
  requirements: string,
  changes: Partial<BundleRequest> = {},
): Promise<readonly string[]> => {
  const plan = planWith(`--index-url ${url}\n${requirements}\n`, {
    runtime: { prop: 'python3.11' },
    executor: 'docker',
    bytecode: 'auto',
    docker: { environment: [], volumes: [], network: 'host' },
    ...changes,
  });
  const [report] = await execute([plan], {
    ...environmentWith({ [tool]: true, docker: true }),
    CDK_LAMBDA_PYTHON_CACHE: path.join(temporaryFolder(), 'store'),
    HOME: temporaryFolder(),
  });
  if (report?.outcome._tag === 'Failed') throw new Error(showExecutionError(report.outcome.error));
  return FILES.flatMap((file) => {
    const [source, compiled] = [file, file.replace(/(\w+)\.py$/, '__pycache__/$1.cpython-311.pyc')].map(
      (one) => path.join(plan.output.path, one),
    ) as [string, string];
    return [source, compiled].map((one) => {
      const [owner = 'none'] =
        /clash_[a-z]/.exec(fs.existsSync(one) ? fs.readFileSync(one, 'latin1') : '') ?? [];
      return owner;
    });
  });
};

const twice = (names: readonly string[]): readonly string[] => names.flatMap((name) => [name, name]);

for (const tool of ['uv', 'pip'] as const)
  test(`${tool}: the bundle and its byte code are those of the one whose name sorts last`, async () => {
    const index = await openIndex(...WHEELS);
    try {
      for (let run = 0; run < (tool === 'uv' ? 3 : 1); run += 1) {
        assert.equal(
          await owners(index, tool, 'clash-z\nclash-a\nclash-m'),
          twice(['clash_z', 'clash_z', 'clash_m']),
        );
        assert.equal(
          await owners(index, tool, 'clash-a'),
          twice(['clash_z', 'clash_z', 'none']),
          'needed alone',
        );
      }
      const dependencies = { ...DEFAULT_DEPENDENCIES, omit: ['clash-z'] };
      assert.equal(
        await owners(index, tool, 'clash-z\nclash-m', { dependencies }),
        twice(['clash_m', 'clash_m', 'clash_m']),
        'left out',
      );
      const hooks = { before: [], after: ['cp same/y.py same/w.py'] };
      const whole = await owners(index, tool, 'clash-z\nclash-m', { hooks });
      assert.equal(
        whole.filter((_, at) => at % 2 === 0),
        ['clash_z', 'clash_z', 'clash_z'],
        'with commands',
      );
    } finally {
      index.close();
    }
  });

const skip = dockerSkipReason(IMAGE);
if (skip === undefined) test.run();
else console.log(`SKIPPED: ${skip}`);
