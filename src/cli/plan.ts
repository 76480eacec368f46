import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { hashesAsked } from '../exec/install/hashes-asked';
import { machineFiles } from '../exec/machine/machine-files';
import { printable } from '../exec/process/printable';
import { seenHere } from '../exec/files/relative-to-current-folder';
import { isAssembly } from '../exec/assembly/read-assembly';
import { survey } from '../exec/survey/survey';
import type { Packaging } from '../plan/request/bundle-request';
import type { BundlePlan } from '../plan/model/bundle-plan';
import { futureErrors } from '../plan/options/dependency-option-errors';
import { neededLine } from '../plan/show/needed-declaration-line';
import { plan } from '../plan/plan';
import { showPlanError } from '../plan/errors/plan-error';
import { showPlanWarning } from '../plan/errors/plan-warning';
import { renderPlan } from '../plan/show/render-plan';
import { requiringHashes } from '../plan/errors/required-by';
import { fail } from './fail';
import { warnOfImports } from './warn-of-imports';
import type { AssemblyFormat } from './plan-assembly';
import { planAssembly } from './plan-assembly';
import type { RequestOptions } from './request';
import { requestOf } from './request';

/** Prints a plan on standard output: for people, or as JSON. */
export const planCommand = async (
  file: string,
  options: RequestOptions & { readonly json?: true; readonly format?: AssemblyFormat },
): Promise<void> => {
  if (isAssembly(file)) {
    await planAssembly(file, options.format ?? 'json');
    return;
  }
  if (options.format === 'matrix' || options.format === 'bake') {
    fail([
      `${file} is not a cloud assembly with plans, which a ${options.format === 'bake' ? 'bake file' : 'matrix'} needs. Synthesize with the context cdk-lambda-python:phase=publish, and name the folder.`,
    ]);
    return;
  }
  const planned = planFile(file, options);
  if (planned === undefined) return;
  const isJson = options.json ?? options.format === 'json';
  process.stdout.write(
    `${isJson ? JSON.stringify(planned, null, 2) : printable(seenHere(renderPlan(planned)))}\n`,
  );
  if (isJson) warn(planned);
  warnOfImports(planned, options.from);
};

/**
 * The plan of a file, made without reading the output folder. If there is none, prints the reason and sets the exit
 * code.
 */
export const planFile = (
  file: string,
  options: RequestOptions,
  outputDirectory = path.resolve('cdk.out'),
  packaging: Packaging = 'zip',
): BundlePlan | undefined => {
  const asked = requestOf(file, options, outputDirectory, packaging);
  const by = hashesAsked(process.env, {}, () =>
    machineFiles({ environment: process.env, platform: process.platform }),
  );
  const request = { ...asked, dependencies: requiringHashes(asked.dependencies, by) };
  const snapshot = survey(request)();
  const { entry, needed } = snapshot;
  if (entry !== null && needed !== undefined)
    process.stderr.write(printable(`note: ${neededLine(file, entry, needed)}\n`));
  const planned = plan(request, snapshot);
  const future = futureErrors(request, Date.now());
  if (isLeft(planned) || future.length > 0) {
    const errors = [...future, ...(isLeft(planned) ? planned.left : [])];
    fail(errors.map((error) => `${file}: ${showPlanError(error)}`));
    return undefined;
  }
  return planned.right;
};

/** Prints a plan's warnings on standard error. */
export const warn = ({ label, warnings }: BundlePlan): void => {
  for (const warning of warnings)
    process.stderr.write(printable(`warning: ${label}: ${seenHere(showPlanWarning(warning))}\n`));
};
