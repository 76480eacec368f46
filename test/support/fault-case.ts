import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as assert from 'uvu/assert';
import { manifestPath } from '../../src/exec/bundle/bundle-manifest';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import { folderStore } from '../../src/exec/store/store';
import { liveStore } from '../../src/exec/batch/live-store';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { sha256 } from '../../src/plan/values/hash';
import { execute } from './bundle-file';
import type { Tools } from './python-tools';
import { environmentWith } from './python-tools';
import { temporaryFolder } from './temporary';

/** How soon everything that a run has started must be gone, in milliseconds. */
const SOON = 5000;

/** By this variable the processes of a case are known. */
const MARK = 'CDK_LAMBDA_PYTHON_FAULT';

/** An environment with these tools, and with a store, a folder of temporaries and caches that only one case has. */
export const faultEnvironment = (tools: Tools, changes: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => {
  const own = Object.entries(environmentWith(tools)).filter(([name]) => !/^(PIP|UV)_/.test(name));
  return {
    ...Object.fromEntries(own),
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
    TMPDIR: temporaryFolder(),
    XDG_CACHE_HOME: temporaryFolder(),
    PIP_CONFIG_FILE: '/dev/null',
    [MARK]: randomBytes(12).toString('hex'),
    ...changes,
  };
};

const namesIn = (folder: string): readonly string[] => (fs.existsSync(folder) ? fs.readdirSync(folder) : []);

const textOf = (file: string): string => {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

/** The processes of a case that still run; another process of this machine may end while it is looked at. */
const processesOf = (mark: string): readonly string[] =>
  namesIn('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== `${process.pid}`)
    .filter((name) => textOf(`/proc/${name}/environ`).includes(`${MARK}=${mark}`))
    .map((name) => `process ${textOf(`/proc/${name}/cmdline`).replaceAll('\0', ' ')}`);

/** What a run has left that is neither a bundle nor an entry of the store; waits for what is about to end. */
export const leftBy = async (
  plan: Pick<BundlePlan, 'output'>,
  environment: NodeJS.ProcessEnv,
): Promise<readonly string[]> => {
  const { temporaries, folder } = folderStore(environment['CDK_LAMBDA_PYTHON_CACHE'] ?? '');
  const place = path.dirname(plan.output.path);
  const tools = environment['TMPDIR'] ?? '';
  const look = (): readonly string[] => [
    ...namesIn(temporaries).map((name) => `temporary of the store ${name}`),
    // An empty file by which several uv agree on who builds; uv never removes it.
    ...namesIn(tools)
      .filter((name) => !/^uv-setuptools-\w+\.lock$/.test(name))
      .map((name) => `temporary of a tool ${name}`),
    ...namesIn(place)
      .filter(
        (name) =>
          ![plan.output.path, manifestPath(plan.output.path)]
            .map((file) => path.basename(file))
            .includes(name),
      )
      .map((name) => `beside the bundle ${name}`),
    ...processesOf(environment[MARK] ?? ''),
    ...fs
      .readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .filter((line) => [folder, place].some((mine) => line.includes(mine))),
  ];
  const end = Date.now() + SOON;
  while (look().length > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  return look();
};

/** Runs a plan that must fail, finds nothing of it anywhere, and answers what is said. */
export const failsCleanly = async (plan: BundlePlan, environment: NodeJS.ProcessEnv): Promise<string> => {
  const [report] = await execute([plan], environment);
  assert.is(report?.outcome._tag, 'Failed', JSON.stringify(report));
  assert.not(fs.existsSync(plan.output.path), 'a bundle of a run that failed');
  const store = liveStore({ environment, platform: process.platform });
  assert.is(store.part('modules', store.keysOf(plan).modules ?? 'none'), undefined, 'modules in the store');
  assert.equal(await leftBy(plan, environment), []);
  return report?.outcome._tag === 'Failed' ? showExecutionError(report.outcome.error) : '';
};

/** Runs a plan that must succeed; its bundle holds what the plan says, and nothing else is left. */
export const succeeds = async (plan: BundlePlan, environment: NodeJS.ProcessEnv): Promise<void> => {
  const [report] = await execute([plan], environment);
  const { outcome } = report ?? {};
  assert.is(outcome?._tag === 'Failed' ? showExecutionError(outcome.error) : outcome?._tag, 'Bundled');
  matchesPlan(plan);
  assert.equal(await leftBy(plan, environment), []);
};

/** Each of the user's files is in a bundle (a folder) as it was planned; without requirements it has no other. */
export const matchesPlan = ({ output, sources, install }: BundlePlan): void => {
  for (const source of sources) {
    const content = fs.readFileSync(path.join(output.path, source.path));
    assert.is(sha256(content), source.digest, `${source.path} is not the file that was planned`);
  }
  if (install !== null) return;
  const files = fs.readdirSync(output.path, { recursive: true, withFileTypes: true });
  assert.is(files.filter((file) => !file.isDirectory()).length, sources.length, 'a file that is not planned');
};
