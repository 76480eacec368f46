import * as E from 'fp-ts/Either';
import type { PlanError } from './plan-error';
import type { PythonRuntime } from './python-runtime';
import { DEFAULT_RUNTIME, findRuntime, pythonRuntimes } from './python-runtime';
import { firstVersionLine, readPythonVersionFile } from './python-version-file';
import { projectReaders } from './declarations/project-readers';
import type { BundleRequest } from './bundle-request';
import type { SourceSnapshot } from './source-snapshot';

/** The context key that sets the runtime of a whole app. */
export const RUNTIME_CONTEXT_KEY = 'cdk-lambda-python:runtime';

/**
 * Which source named the runtime.
 *
 * @since 0.1.0
 */
export type RuntimeSource = 'prop' | 'context' | '.python-version' | 'requires-python' | 'default';

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

/**
 * The first source that names a runtime: the prop, the app's context, `.python-version`, what the project says of its Python,
 * the documented default. Of a project's Pythons the oldest that Lambda has: the newest would be another one with every
 * version of this library.
 */
export const chooseRuntime = (
  { runtime, kind = 'function' }: Pick<BundleRequest, 'runtime'> & Partial<Pick<BundleRequest, 'kind'>>,
  { pythonVersion, project }: Pick<SourceSnapshot, 'pythonVersion' | 'project'>,
): E.Either<PlanError, RuntimeChoice> => {
  const prop = kind === 'layer' ? '`compatibleRuntimes`' : 'the `runtime` prop';
  if (runtime.prop !== undefined) return choose(runtime.prop, 'prop', prop);
  if (runtime.context !== undefined)
    return choose(runtime.context, 'context', `the context key ${RUNTIME_CONTEXT_KEY}`);
  const line = pythonVersion === null ? undefined : firstVersionLine(pythonVersion.text);
  if (pythonVersion !== null && line !== undefined)
    return choose(readPythonVersionFile(line) ?? '', '.python-version', pythonVersion.file, line);
  const required = project === null ? null : projectReaders().requiredPython(project);
  if (required?.error !== undefined) return E.left(required.error);
  const oldest = required === null ? undefined : pythonRuntimes.find(({ python }) => required.allows(python));
  if (required !== null) return choose(oldest?.name ?? '', 'requires-python', required.file, required.text);
  return choose(DEFAULT_RUNTIME, 'default', 'the default');
};
