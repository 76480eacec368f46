import * as t from 'io-ts';
import { MINIMUM_UV } from '../plan/host-install';
import type { InstallPlan } from '../plan/install-plan';
import { error, text } from './error-shape';
import type { ExecutionError } from './execution-error';

/**
 * The installer that `bundling.installer` asks for is not there, or too old.
 *
 * @since 0.1.0
 */
export const InstallerMissing = error('InstallerMissing', {
  installer: t.keyof({ uv: null, pip: null }),
  /** The oldest pip that would do. */
  pip: text,
  tried: t.readonlyArray(text),
});

/** See {@link InstallerMissing}. */
export type InstallerMissing = t.TypeOf<typeof InstallerMissing>;

/** The error where nothing installs: it names the installer that the app asks for, where it asks for one. */
export const installerMissing = (
  { installer }: Pick<InstallPlan, 'installer'>,
  error: ExecutionError,
): ExecutionError =>
  installer === undefined || error._tag !== 'NoInstaller'
    ? error
    : { _tag: 'InstallerMissing', installer, pip: error.pip, tried: error.tried };

export const showInstallerMissing = ({ installer, pip, tried }: InstallerMissing): string =>
  `\`bundling.installer\` is "${installer}", which was not found in a version that will do. Looked for: ${tried.join('; ')}. ${
    installer === 'uv'
      ? `Install uv (https://docs.astral.sh/uv/) ${MINIMUM_UV} or newer`
      : `Install pip ${pip.replace(/\.0$/, '')} or newer`
  }, or leave the option out: then uv installs where it is found, else pip.`;
