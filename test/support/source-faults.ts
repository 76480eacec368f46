import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import * as assert from 'uvu/assert';
import { survey } from '../../src/exec/survey/survey';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { plan } from '../../src/plan/plan';
import { sha256 } from '../../src/plan/values/hash';
import { showPlanError } from '../../src/plan/errors/plan-error';
import { planOf } from '../exec/support/plans';
import { folderOf, HANDLER, requestFor } from '../exec/support/requests';
import { execute } from './bundle-file';
import { faultEnvironment, leftBy, matchesPlan, succeeds } from './fault-case';
import type { TryCase } from './reliability-table';

export const environment = (): NodeJS.ProcessEnv => faultEnvironment({ uv: true });

/** What is said of a folder that cannot be planned. */
export const refused = (folder: string, changes: Partial<BundleRequest> = {}): string => {
  const request = requestFor(path.join(folder, 'index.py'), changes);
  const planned = plan(request, survey(request)());
  if (!isLeft(planned)) throw new Error('it was planned');
  assert.not(fs.existsSync(request.outputDirectory));
  return planned.left.map(showPlanError).join('\n');
};

/** A folder with one thing in it that cannot be in a bundle: told by name, and left out where it is excluded. */
export const tells =
  (cases: Readonly<Record<string, (folder: string) => void>>, wanted: RegExp, exclude: readonly string[]) =>
  async (tryCase: TryCase): Promise<void> => {
    for (const [name, make] of Object.entries(cases)) {
      await tryCase(name, async () => {
        const folder = folderOf({ 'index.py': HANDLER });
        make(folder);
        assert.match(refused(folder), wanted);
        await succeeds(planOf(folder, { exclude }), environment());
      });
    }
  };

/** A file of this size that takes no room on the disk. */
export const sparse = (file: string, size: number): void => {
  fs.writeFileSync(file, '');
  fs.truncateSync(file, size);
};

/** A name of bytes that are no UTF-8. */
export const latin1 = (folder: string, name: string): Buffer =>
  Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name, 'latin1')]);

/** A file whose absolute path has this many bytes. */
export const deepFile = (folder: string, length: number): void => {
  const start = process.cwd();
  process.chdir(folder);
  try {
    let left = length - folder.length - '/x'.length;
    while (left > 1) {
      const name = 'd'.repeat(Math.min(200, left - 1));
      fs.mkdirSync(name);
      process.chdir(name);
      left -= name.length + 1;
    }
    fs.writeFileSync('x', 'deep');
  } finally {
    process.chdir(start);
  }
};

/** Does something as a user who may not read everything, where this one may. */
export const asNobody = <A>(work: () => A): A => {
  const user = process.geteuid?.();
  if (user !== 0) return work();
  process.seteuid?.(65534);
  try {
    return work();
  } finally {
    process.seteuid?.(user);
  }
};

/** Bundles a folder while a process changes files in it; each time the digests decide. */
export const underChange = async (
  names: readonly string[],
  tree: Readonly<Record<string, string>>,
  times: number,
) => {
  const folder = folderOf(tree);
  const restless = spawn(
    process.execPath,
    ['--require', require.resolve('tsx/cjs'), require.resolve('./restless-files'), folder, ...names],
    { stdio: 'ignore' },
  );
  const ended = once(restless, 'exit');
  const outcomes = { made: 0, refused: 0 };
  try {
    for (let time = 0; time < times; time += 1) {
      const own = environment();
      const request = requestFor(path.join(folder, 'index.py'), {
        outputDirectory: path.join(folderOf({}), 'cdk.out'),
        executor: 'host',
        exclude: ['*.next', 'lib', 'requirements.txt'],
      });
      const planned = plan(request, survey(request)());
      if (isLeft(planned)) {
        outcomes.refused += 1;
        continue;
      }
      const made: BundlePlan = planned.right;
      const [report] = await execute([made], own);
      if (report?.outcome._tag === 'Failed') {
        assert.is(report.outcome.error._tag, 'SourceChanged', JSON.stringify(report));
        assert.not(fs.existsSync(made.output.path));
        outcomes.refused += 1;
      } else {
        matchesPlan(made);
        hasItsPackages(made);
        outcomes.made += 1;
      }
      assert.equal(await leftBy(made, own), []);
    }
  } finally {
    restless.kill('SIGKILL');
    await ended;
  }
  return outcomes;
};

/** What was installed of a local package is what was planned of it. */
const hasItsPackages = ({ install, output }: BundlePlan): void => {
  for (const input of install?.inputs.filter(({ path: file }) => file.endsWith('lib/lib.py')) ?? []) {
    assert.is(sha256(fs.readFileSync(path.join(output.path, 'lib.py'))), input.digest);
  }
};
