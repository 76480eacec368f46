import * as path from 'node:path';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { bytecodePath, planBytecode } from '../../plan/model/bytecode-plan';
import { findRuntime } from '../../plan/target/python-runtime';
import type { ExecutionError } from '../errors/execution-error';
import type { Part } from '../store/part';
import { treeOf } from '../store/part';
import type { CompileJob } from './source-bytecode';
import { jobOf, storedFault } from './source-bytecode';
import type { Store } from '../store/store';

/**
 * The job to compile the entry, even if its bytecode is not in the bundle: Python itself checks the syntax. In a whole
 * build, it is the entry as commands have left it. Undefined for a layer, and for a version without bytecode.
 *
 * @param modules the built part, for a whole build
 */
export const entryJob = (plan: BundlePlan, modules: Part | null): CompileJob | undefined => {
  const { entry, runtime, kind, sources, install } = plan;
  const known = findRuntime(runtime.name);
  const bytecode = plan.bytecode ?? (known === undefined ? null : planBytecode('auto', known, kind));
  if (entry.path === null || bytecode === null) return undefined;
  const target = bytecodePath(bytecode, entry.path);
  const isWhole = install?.isWhole === true;
  const source = isWhole
    ? modules?.files.find((one) => one.path === entry.path)
    : sources.find((one) => one.path === entry.path);
  if (source === undefined || target === null) return undefined;
  const from =
    'from' in source
      ? path.join(entry.root, String(source.from))
      : path.join(treeOf(modules ?? { folder: '' }), source.path);
  return jobOf(bytecode, from, source, target);
};

/**
 * The error if the entry does not parse: the syntax error of a Python of the target's version or, in a whole build with
 * bytecode, that the entry was not compiled.
 */
export const entryFault = (
  store: Pick<Store, 'folder'>,
  plan: BundlePlan,
  { modules, bytecode }: { readonly modules: Part | null; readonly bytecode: Part | null },
): ExecutionError | undefined => {
  const job = entryJob(plan, modules);
  if (job === undefined) return undefined;
  const has = (part: Part | null): boolean => part?.files.some((one) => one.path === job.path) === true;
  const isLeftOut = plan.install?.isWhole === true && bytecode !== null && !has(bytecode) && !has(modules);
  const fault =
    storedFault(store, job) ?? (isLeftOut ? { line: 1, message: 'it could not be compiled' } : undefined);
  return fault && { _tag: 'EntryDoesNotParse', path: plan.entry.file, python: plan.runtime.python, ...fault };
};
