import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { runBatch } from '../../src/exec/batch/batch';
import type { ExecutionReport } from '../../src/exec/batch/execution-report';
import { survey } from '../../src/exec/survey/survey';
import type { ArchitectureName } from '../../src/plan/target/architecture';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type {
  BytecodeMode,
  DependencyRequest,
  DockerRequest,
  ExecutorName,
  Packaging,
} from '../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../src/plan/request/bundle-request';
import { plan } from '../../src/plan/plan';
import { showPlanError } from '../../src/plan/errors/plan-error';
import { testWorld } from './live-world';

/** What a test may say of a bundle; the rest is as by default. */
export interface FileOptions {
  readonly runtime: string;
  readonly architecture?: ArchitectureName;
  readonly executor: ExecutorName;
  readonly handler?: string;
  /** @default 'directory' */
  readonly packaging?: Packaging;
  /** @default 'off' */
  readonly bytecode?: BytecodeMode;
  readonly docker?: Partial<DockerRequest>;
  readonly dependencies?: Partial<DependencyRequest>;
  /** Absolute path of the folder that bundles go to. */
  readonly outputDirectory: string;
}

/** The plan of a Python file; throws what is wrong with it. */
export const planOfFile = (file: string, options: FileOptions): BundlePlan => {
  const request = {
    kind: 'function' as const,
    label: path.basename(file),
    entry: { _tag: 'ByPath', path: file, index: 'index.py' } as const,
    definingFiles: [],
    handler: options.handler ?? 'lambda_handler',
    runtime: { prop: options.runtime },
    architecture: options.architecture ?? 'x86_64',
    exclude: [],
    externalSymlinks: 'refuse' as const,
    outputDirectory: options.outputDirectory,
    executor: options.executor,
    packaging: options.packaging ?? ('directory' as const),
    bytecode: options.bytecode ?? ('off' as const),
    dependencies: { ...DEFAULT_DEPENDENCIES, ...options.dependencies },
    dependenciesIn: 'bundle' as const,
    prefix: '.',
    hooks: { before: [], after: [] },
    docker: { environment: [], volumes: [], ...options.docker },
  };
  const planned = plan(request, survey(request)());
  if (isLeft(planned)) throw new Error(planned.left.map(showPlanError).join('\n'));
  return planned.right;
};

/** Makes the bundles of plans for real, with the programs of an environment. */
export const execute = async (
  plans: readonly BundlePlan[],
  environment: NodeJS.ProcessEnv,
  values: Readonly<Record<string, string>> = {},
): Promise<readonly ExecutionReport[]> =>
  runBatch(
    await testWorld(environment),
    plans.map((item) => ({ plan: item, environment: values })),
  );
