import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { ExecutionError } from './execution-error';
import { showExecutionError } from './execution-error';
import { IndexError } from './index-error';
import { InstallError } from './install-error';
import { VersionError } from './version-error';

/** Failures that depend on the declaration, beside those of an install, an index and versions. */
const OF_DECLARATIONS: readonly ExecutionError['_tag'][] = [
  'TooLarge',
  'WrongWheel',
  'WrongBinary',
  'WrongLocalBinary',
  'BuildFailed',
  'ContainerTried',
  // Without the option, the image is the runtime's.
  'ImageNotAvailable',
];

const isOfDeclaration = (error: ExecutionError): boolean =>
  OF_DECLARATIONS.includes(error._tag) ||
  InstallError.is(error) ||
  IndexError.is(error) ||
  VersionError.is(error);

/**
 * One failure of a plan as a user reads it. If an install failed for the default runtime, the message begins with that.
 * It also names the declaration's file.
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
