import * as fs from 'node:fs';
import * as path from 'node:path';
import type { ExecutionError } from '../../src/exec/errors/execution-error';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { planOf } from '../exec/support/plans';
import { HANDLER } from '../exec/support/requests';
import type { Project } from './advice-row';
import { execute } from './bundle-file';
import type { Tools } from './python-tools';
import { environmentWith } from './python-tools';
import { temporaryFolder, writeTree } from './temporary';
import type { WheelOptions } from './wheel';
import { wheelFolder } from './wheel';

/** A project, and the machine that makes its bundle. */
export interface Run extends Project {
  /** @default uv alone */
  readonly tools?: Tools;
  readonly environment?: (folder: string) => Readonly<Record<string, string | undefined>>;
  /** What happens between plan and run. */
  readonly meanwhile?: (folder: string, plan: BundlePlan) => void;
  /** In bytes. */
  readonly limit?: number;
}

/** A bundle that cannot be made, and each advice of the message: its words, and what is done; a text says why not here. */
export interface RunRow {
  readonly wrong: Run;
  readonly advice: Readonly<Record<string, Run | string>>;
}

export const runRow = (wrong: Run, advice: RunRow['advice']): RunRow => ({ wrong, advice });

/** `wheels/…` with a wheel, as a part of a tree. */
export const wheelIn = (
  name: string,
  options: WheelOptions = {},
  files: Readonly<Record<string, string | Uint8Array>> = { [`${name}/__init__.py`]: '' },
): Readonly<Record<string, Uint8Array>> => {
  const folder = wheelFolder(name, files, options);
  return Object.fromEntries(
    fs.readdirSync(folder).map((file) => [`fn/wheels/${file}`, fs.readFileSync(path.join(folder, file))]),
  );
};

/** A `requirements.txt` that asks no index, and takes what lies in `wheels`. */
export const offline = (lines: string, ...wheels: readonly Run['tree'][]): Run => ({
  tree: Object.assign(
    { 'fn/requirements.txt': `--no-index\n--find-links ./wheels\n${lines}` },
    ...wheels,
  ) as NonNullable<Run['tree']>,
});

/** Why the bundle of a project with others laid over it cannot be made; undefined where it is made. */
export const runOf = async (...layers: readonly Run[]): Promise<ExecutionError | undefined> => {
  const folder = temporaryFolder();
  const tree = Object.assign(
    { 'fn/index.py': HANDLER },
    ...layers.map((layer) => layer.tree ?? {}),
  ) as NonNullable<Run['tree']>;
  writeTree(
    folder,
    Object.fromEntries(Object.entries(tree).flatMap(([name, text]) => (text === null ? [] : [[name, text]]))),
  );
  for (const { prepare } of layers) prepare?.(folder);
  const all = Object.assign({}, ...layers) as Run;
  const request = Object.assign({}, ...layers.map((layer) => layer.request?.(folder) ?? {})) as Parameters<
    typeof planOf
  >[1];
  const made = planOf(path.join(folder, 'fn'), request);
  const plan =
    all.limit === undefined ? made : { ...made, output: { ...made.output, maximumSize: all.limit } };
  all.meanwhile?.(folder, plan);
  const environment = {
    ...environmentWith(all.tools ?? { uv: true }),
    ...{ CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(), HOME: temporaryFolder(), PIP_CONFIG_FILE: undefined },
    ...Object.assign({}, ...layers.map((layer) => layer.environment?.(folder) ?? {})),
  } as NodeJS.ProcessEnv;
  const [report] = await execute([plan], environment);
  return report?.outcome._tag === 'Failed' ? report.outcome.error : undefined;
};
