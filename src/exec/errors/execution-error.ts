import * as t from 'io-ts';
import { BuildError, showBuildError } from './build-error';
import { ContentError, showContentError } from './content-error';
import { EngineError, showEngineError } from './engine-error';
import { IndexError, showIndexError } from './index-error';
import { InstallError, showInstallError, InstallerMissing, showInstallerMissing } from './install-error';
import { RunError, showRunError } from './run-error';
import { VersionError, showVersionError } from './version-error';

/**
 * Why a plan could not be carried out. Each error is data; {@link showExecutionError} puts it into words.
 *
 * @since 0.1.0
 */
export const ExecutionError = t.union(
  [InstallError, InstallerMissing, IndexError, VersionError, BuildError, EngineError, ContentError, RunError],
  'ExecutionError',
);

/**
 * Why a plan could not be carried out.
 *
 * @since 0.1.0
 */
export type ExecutionError = t.TypeOf<typeof ExecutionError>;

/**
 * One error as a user reads it: what happened, what was looked for, what to do.
 *
 * @since 0.1.0
 */
export const showExecutionError = (error: ExecutionError): string => {
  if (InstallError.is(error)) return showInstallError(error);
  if (BuildError.is(error)) return showBuildError(error);
  if (InstallerMissing.is(error)) return showInstallerMissing(error);
  if (IndexError.is(error)) return showIndexError(error);
  if (VersionError.is(error)) return showVersionError(error);
  if (EngineError.is(error)) return showEngineError(error);
  return ContentError.is(error) ? showContentError(error) : showRunError(error);
};
