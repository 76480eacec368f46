import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { runBatch } from '../../../src/exec/batch/batch';
import { showExecutionError } from '../../../src/exec/errors/execution-error';
import type { Install } from '../../../src/exec/install/install';
import { candidateInterpreters, rememberInterpreter } from '../../../src/exec/machine/interpreter';
import { settleBundles } from '../../../src/exec/batch/settle';
import type { Store } from '../../../src/exec/store/store';
import { survey } from '../../../src/exec/survey/survey';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import { dependenciesLayer } from '../../../src/plan/dependencies-layer';
import { plan } from '../../../src/plan/plan';
import { temporaryFolder, writeTree } from '../../support/temporary';
import { folderOf, HANDLER, requestFor } from './requests';
import { newStore } from './stores';
import type { World } from '../../../src/exec/batch/world';

interface Pair {
  readonly fn: BundlePlan;
  readonly layer: BundlePlan;
}

/** A function that keeps its modules in a layer, and that layer; both go to one folder. */
export const pair = (
  changes: Partial<BundleRequest> = {},
  tree: Readonly<Record<string, string>> = {},
): Pair => {
  const folder = folderOf({ 'index.py': HANDLER, 'requirements.txt': 'six\n', ...tree });
  const request = requestFor(path.join(folder, 'index.py'), {
    outputDirectory: path.join(temporaryFolder(), 'cdk.out'),
    dependenciesIn: 'layer',
    packaging: 'zip',
    bytecode: 'auto',
    ...changes,
  });
  const snapshot = survey(request)();
  const fn = plan(request, snapshot);
  if (E.isLeft(fn)) throw new Error(JSON.stringify(fn.left));
  const layer = dependenciesLayer(request, snapshot, fn.right);
  if (E.isLeft(layer)) throw new Error(JSON.stringify(layer.left));
  return { fn: fn.right, layer: { ...layer.right, label: 'Stack/PythonDependencies' } };
};

export const limited = (made: BundlePlan, maximumSize: number): BundlePlan => ({
  ...made,
  output: { ...made.output, maximumSize },
});

/** A machine whose installer writes some modules, and whose compiler stands for byte code; it tells what was asked for. */
export const machine = (
  modules: Readonly<Record<string, string>> = { 'six.py': 'six = 6\n' },
  interpreter: string | null = null,
) => {
  const store: Store = newStore();
  const places = { environment: { HOME: temporaryFolder(), PATH: '' }, platform: 'linux' } as const;
  rememberInterpreter(store.folder, 'cpython-311', candidateInterpreters('3.11', places), interpreter);
  const installs: string[] = [];
  const compiled: string[] = [];
  const told: string[] = [];
  const install: Install = ({ plan: { label }, folders }) => {
    installs.push(label);
    writeTree(folders.output, modules);
    return Promise.resolve(E.right({ by: 'host', tool: 'fake 1', output: '' }));
  };
  const world: World = {
    store,
    installers: { host: install, docker: install, buildkit: install, auto: install },
    places,
    compile: ({ bytecode }, _, temporary) => {
      const output = path.join(temporary, 'bytecode');
      compiled.push(bytecode?.prefix ?? 'none');
      writeTree(output, { '__pycache__/six.cpython-311.pyc': `for ${bytecode?.prefix ?? 'none'}` });
      return Promise.resolve(output);
    },
    compileSources: () => Promise.resolve(),
    progress: {
      start: () => undefined,
      end: (_, note) => void (note === undefined ? 0 : told.push(note)),
      close: () => undefined,
    },
    now: () => 0,
    parallelism: 4,
  };
  const items = (plans: readonly BundlePlan[]) => plans.map((each) => ({ plan: each, environment: {} }));
  return {
    store,
    installs,
    compiled,
    /** Lines that were said. */
    told,
    run: async (...plans: readonly BundlePlan[]): Promise<readonly string[]> => {
      const reports = await runBatch({ ...world }, items(plans));
      return reports.map(({ outcome }) =>
        outcome._tag === 'Failed'
          ? showExecutionError(outcome.error)
          : outcome._tag === 'Bundled'
            ? outcome.dependencies
            : outcome._tag,
      );
    },
    settle: (...plans: readonly BundlePlan[]): readonly string[] => {
      const asked = items(plans);
      const settled = settleBundles(store, places, asked, (line) => told.push(line));
      return asked.map((item) => {
        const outcome = settled.get(item);
        return outcome?._tag === 'Bundled' ? outcome.dependencies : (outcome?._tag ?? 'left');
      });
    },
    failing: (): void => {
      const fails: Install = () =>
        Promise.resolve(E.left({ _tag: 'InstallFailed', tool: 'fake 1', exit: 'exit code 1', output: '' }));
      Object.assign(world.installers, { auto: fails });
    },
  };
};
