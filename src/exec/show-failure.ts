import type { BundlePlan } from '../plan/bundle-plan';
import type { ExecutionError } from './execution-error';
import { showExecutionError } from './execution-error';
import { InstallError } from './install-error';

/** Whether a failure depends on what was declared. */
const isOfDeclaration = (error: ExecutionError): boolean =>
  error._tag === 'TooLarge' ||
  error._tag === 'WrongWheel' ||
  error._tag === 'WrongBinary' ||
  InstallError.is(error);

/**
 * One failure of a plan as a user reads it. An install that failed for the default runtime says so first, and what was declared
 * is named by its file.
 */
export const showFailure = (
  { install, runtime }: Pick<BundlePlan, 'install' | 'runtime'>,
  error: ExecutionError,
): string => {
  const message = showExecutionError(error);
  if (install === null || !isOfDeclaration(error)) return message;
  const first =
    runtime.source === 'default' && error._tag !== 'TooLarge'
      ? `No runtime is set, so this was installed for ${runtime.name}, the default. Set the \`runtime\` prop, or the context key cdk-lambda-python:runtime. `
      : '';
  const { declaration } = install;
  if (declaration === null || message.includes(declaration)) return `${first}${message}`;
  const [head = '', ...lines] = message.split('\n');
  return [`${first}${head} The dependencies are declared in ${declaration}.`, ...lines].join('\n');
};
