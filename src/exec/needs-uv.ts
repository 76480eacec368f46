import { MINIMUM_PIP, MINIMUM_UV } from '../plan/host-install';
import type { InstallPlan } from '../plan/install-plan';
import type { ExecutionError } from './execution-error';

/** The settings that need uv, each with its place. */
export const settingsOfUv = ({ uv }: Pick<InstallPlan, 'uv'>): readonly string[] =>
  (uv?.from ?? []).map(({ setting, file, line }) => `${setting} (${file}:${line})`);

/** What a container prints that has no uv it may use, where only uv will do. */
export const NO_UV =
  'cdk-lambda-python: only uv can install this, and the container has none that it may use';

/** That a container had no uv, by what it has printed. */
export const noUvInContainer = (
  install: Pick<InstallPlan, 'uv' | 'docker' | 'installer'>,
  output: string,
): ExecutionError | undefined => {
  if (!output.includes(NO_UV)) return undefined;
  const tried = [`uv on this machine, to be used in ${install.docker.image}`];
  if (install.uv !== undefined) return { _tag: 'NeedsUv', settings: settingsOfUv(install), tried };
  return install.installer === 'uv'
    ? { _tag: 'InstallerMissing', installer: 'uv', pip: MINIMUM_PIP, tried }
    : undefined;
};

/** The error that no installer was found; it names uv where only uv will do. */
export const needsUv = (install: Pick<InstallPlan, 'uv'>, error: ExecutionError): ExecutionError =>
  install.uv !== undefined && error._tag === 'NoInstaller'
    ? { _tag: 'NeedsUv', settings: settingsOfUv(install), tried: error.tried }
    : error;

/** The error as a user reads it. */
export const showNeedsUv = ({
  settings,
  tried,
}: {
  readonly settings: readonly string[];
  readonly tried: readonly string[];
}): string =>
  `Only uv can honour these settings, and there is no uv: ${settings.join(', ')}. Looked for: ${tried.join('; ')}. Install uv (https://docs.astral.sh/uv/) ${MINIMUM_UV} or newer, or lock the dependencies with it (\`uv lock\`): pip installs what a lock says.`;
