import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { COMPILER_CONTEXT, setIn } from '../../plan/assembly/bake-file';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { CONTEXT_FOLDERS } from '../../plan/assembly/dockerfile';
import type { InstallPlan } from '../../plan/model/install-plan';
import type { Values } from '../../plan/variables/installer-environment';
import { putBuildTools } from '../buildkit/build-tools';
import type { CarriedPlan } from './carry-plan';
import { putCertificates } from '../machine/certificates';
import { openTools, putTools } from '../container/container-tools';
import { putLinks } from '../container/container-links';
import { putVariables } from '../container/container-variables';
import type { ExecutionError } from '../errors/execution-error';
import { layOut, layOutSources, showToCommand } from '../install/lay-out';
import { asideOf } from '../install/set-aside';
import type { Store } from '../store/store';
import { unpackCarried } from './unpack-carried';

/** The environment for the contexts of a bake file. */
interface BakeWorld {
  /** For temporary files. */
  readonly store: Pick<Store, 'temporary'>;
  /** The PATH on which uv for builders is looked for. */
  readonly searchPath: string;
  /**
   * Variables of this machine, and the values of its settings files: they name the certificates that a build trusts.
   */
  readonly variables: Values;
}

/**
 * Writes the contexts of a bake file, each file as it was planned: the installer's input and the tools of each distinct
 * set of modules, and the user's own files of each bundle, at their paths in the bundle.
 *
 * @param carried absolute path of the assembly's folder of plans
 * @param contexts absolute path of the folder of contexts, which is replaced
 * @returns on the left each plan whose context cannot be written, and why
 */
export const layOutContexts = async (
  { store, searchPath, variables }: BakeWorld,
  plans: readonly CarriedPlan[],
  carried: string,
  contexts: string,
): Promise<E.Either<readonly (readonly [CarriedPlan, ExecutionError])[], void>> => {
  await fs.rm(contexts, { recursive: true, force: true });
  const compiler = path.join(contexts, COMPILER_CONTEXT);
  await putTools(compiler, '', '');
  await openTools(compiler);
  const done = new Set<string>();
  const wrong: (readonly [CarriedPlan, ExecutionError])[] = [];
  for (const one of plans) {
    const laidOut = await store.temporary(async (temporary) => {
      const unpacked = await unpackCarried(one.plan, carried, temporary, path.join(temporary, 'bundle'));
      if (E.isLeft(unpacked)) return unpacked;
      const set = setIn(unpacked.right);
      const isNew = set !== null && !done.has(set.key);
      const modules = isNew
        ? await layOutSet(unpacked.right, set.install, path.join(contexts, set.key), searchPath, variables)
        : E.right(undefined);
      if (set !== null) done.add(set.key);
      if (E.isLeft(modules)) return modules;
      const sources = path.join(contexts, one.plan.hash.asset, CONTEXT_FOLDERS.sources);
      // Also if a bundle has no file of the user's.
      await fs.mkdir(sources, { recursive: true });
      return layOutSources(unpacked.right, sources);
    });
    if (E.isLeft(laidOut)) wrong.push([one, laidOut.left]);
  }
  return wrong.length > 0 ? E.left(wrong) : E.right(undefined);
};

const layOutSet = async (
  plan: BundlePlan,
  install: InstallPlan,
  folder: string,
  searchPath: string,
  variables: Values,
): Promise<E.Either<ExecutionError, unknown>> => {
  const [tools, input] = [CONTEXT_FOLDERS.tools, CONTEXT_FOLDERS.input].map((name) =>
    path.join(folder, name),
  ) as [string, string];
  const begun = await layOut(plan, install, input);
  if (E.isLeft(begun)) return begun;
  showToCommand(install, input);
  await putBuildTools(tools, install, plan, searchPath, input);
  await fs.rm(asideOf(input), { recursive: true, force: true });
  putCertificates(tools, { own: variables, given: {} });
  // The values of the bundle's variables are not known yet, only their names.
  const environment = Object.fromEntries(install.docker.environment.map((name) => [name, name]));
  putVariables(tools, { install, environment }, variables);
  putLinks(tools, { install, environment: {} }, variables);
  return begun;
};
