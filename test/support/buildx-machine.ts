import { readdirSync } from 'node:fs';
import * as assert from 'uvu/assert';
import type { ExecutionError } from '../../src/exec/errors/execution-error';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { ExecutionReport } from '../../src/exec/batch/execution-report';
import { folderStore } from '../../src/exec/store/store';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { execute } from './bundle-file';
import { clientFolder } from './buildx-client';
import { notedDocker } from './noted-docker';
import { environmentWith } from './python-tools';
import { temporaryFolder } from './temporary';

type Values = Readonly<Record<string, string>>;

/** A machine with an engine, buildx and a store of its own. */
export interface BuildxMachine {
  readonly run: (plan: BundlePlan, values?: Values) => Promise<ExecutionReport['outcome']>;
  /** The arguments of each start of the engine's client since the last time this was asked. */
  readonly starts: () => readonly string[];
}

export const buildxMachine = ({
  uv = true,
  changes = {},
}: {
  /** Whether it has a uv to lend. @default true */
  readonly uv?: boolean;
  /** Variables that are otherwise there. @default none */
  readonly changes?: NodeJS.ProcessEnv;
} = {}): BuildxMachine => {
  const tools = environmentWith({ uv, docker: true });
  const { searchPath, starts } = notedDocker(tools['PATH']);
  const store = temporaryFolder();
  const environment = {
    ...tools,
    PATH: searchPath,
    DOCKER_CONFIG: clientFolder(),
    CDK_LAMBDA_PYTHON_CACHE: store,
    ...changes,
  };
  return {
    starts,
    run: async (plan, values = {}) => {
      const [report] = await execute([plan], environment, values);
      if (report === undefined) throw new Error('no report');
      assert.equal(readdirSync(folderStore(store).temporaries), [], 'temporaries of the store');
      return report.outcome;
    },
  };
};

/** Who installed a bundle that was made; throws why it was not. */
export const madeBy = (outcome: ExecutionReport['outcome']): string => {
  if (outcome._tag === 'Failed') throw new Error(showExecutionError(outcome.error));
  return outcome._tag === 'Bundled' ? outcome.dependencies : outcome._tag;
};

/** Why a bundle was not made; throws where it was. */
export const errorOf = (outcome: ExecutionReport['outcome']): ExecutionError => {
  if (outcome._tag !== 'Failed') throw new Error(`it was made: ${outcome._tag}`);
  return outcome.error;
};
