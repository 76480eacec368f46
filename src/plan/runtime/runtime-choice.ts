import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { PlanError } from '../errors/plan-error';
import { isOutside } from '../values/paths';
import type { PythonRuntime, RuntimeSource } from '../target/python-runtime';
import { DEFAULT_RUNTIME, findRuntime, pythonRuntimes } from '../target/python-runtime';
import { retiredSince } from '../target/runtime-lifecycle';
import { firstVersionLine, readPythonVersionFile } from './python-version-file';
import { requiredPython } from './required-python';
import type { BundleRequest } from '../request/bundle-request';
import type { SourceSnapshot } from '../model/source-snapshot';

/** The context key that sets the runtime of a whole app. */
export const RUNTIME_CONTEXT_KEY = 'cdk-lambda-python:runtime';

export interface RuntimeChoice {
  readonly runtime: PythonRuntime;
  readonly source: RuntimeSource;
}

const choose = (
  given: string,
  source: RuntimeSource,
  from: string,
  written = given,
): E.Either<PlanError, RuntimeChoice> => {
  const runtime = findRuntime(given);
  return runtime === undefined
    ? E.left({ _tag: 'UnknownRuntime', given: written, from })
    : E.right({ runtime, source });
};

/** The Python versions that a project requires, and the place. */
type Required = NonNullable<ReturnType<typeof requiredPython>>;

/**
 * The oldest runtime that the project allows and on which AWS still creates functions. The newest runtime would change
 * with versions of this library. If AWS creates functions on none of them, the newest is chosen, with a warning.
 */
const chooseRequired = (required: Required): E.Either<PlanError, RuntimeChoice> => {
  if (required.error !== undefined) return E.left(required.error);
  const allowed = pythonRuntimes.filter(({ python }) => required.allows(python));
  const chosen = allowed.find((each) => retiredSince(each) === undefined) ?? allowed.at(-1);
  return choose(chosen?.name ?? '', 'requires-python', required.file, required.text);
};

/**
 * The runtime of the first source: the prop, the app's context, `.python-version`, the project's required Python, the
 * documented default. A `.python-version` in a folder above the project comes after the project.
 */
export const chooseRuntime = (
  { runtime, kind = 'function' }: Pick<BundleRequest, 'runtime'> & Partial<Pick<BundleRequest, 'kind'>>,
  { pythonVersion, project, enclosing }: Pick<SourceSnapshot, 'pythonVersion' | 'project' | 'enclosing'>,
): E.Either<PlanError, RuntimeChoice> => {
  const prop = kind === 'layer' ? '`compatibleRuntimes`' : 'the `runtime` prop';
  if (runtime.prop !== undefined) return choose(runtime.prop, 'prop', prop);
  if (runtime.context !== undefined)
    return choose(runtime.context, 'context', `the context key ${RUNTIME_CONTEXT_KEY}`);
  const declared = project ?? enclosing ?? null;
  const required = declared === null ? null : requiredPython(declared);
  const line = pythonVersion === null ? undefined : firstVersionLine(pythonVersion.text);
  if (pythonVersion !== null && line !== undefined && !isFurtherUp(pythonVersion.file, required?.file))
    return choose(readPythonVersionFile(line) ?? '', '.python-version', pythonVersion.file, line);
  return required === null ? choose(DEFAULT_RUNTIME, 'default', 'the default') : chooseRequired(required);
};

/** Whether a file lies in a folder above another file's folder. */
const isFurtherUp = (file: string, other: string | undefined): boolean => {
  if (other === undefined) return false;
  const [folder, inner] = [path.dirname(file), path.dirname(other)];
  return folder !== inner && !isOutside(folder, inner);
};
