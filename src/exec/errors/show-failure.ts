import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { ExecutionError } from './execution-error';
import { showExecutionError } from './execution-error';
import { IndexError } from './index-error';
import { InstallError } from './install-error';
import { VersionError } from './version-error';

/** Failures that depend on what was declared, beside those of an install and of an index. */
const OF_DECLARATIONS: readonly ExecutionError['_tag'][] = [
  'TooLarge',
  'WrongWheel',
  'WrongBinary',
  'WrongLocalBinary',
  'BuildFailed',
  'ContainerTried',
  // The image is that of the runtime, where no option names one.
  'ImageNotAvailable',
];

const isOfDeclaration = (error: ExecutionError): boolean =>
  OF_DECLARATIONS.includes(error._tag) ||
  InstallError.is(error) ||
  IndexError.is(error) ||
  VersionError.is(error);

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
