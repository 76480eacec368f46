import type { InstallPlan } from '../../plan/model/install-plan';
import { uvScriptCommand } from '../../plan/errors/lock-command';
import type { ExecutionError } from '../errors/execution-error';
import type { NeedsUv } from '../errors/install-error';
import { MINIMUM_PIP } from '../../plan/variables/installer-versions';

/** The settings that need uv, each with its place. */
export const settingsOfUv = ({ uv }: Pick<InstallPlan, 'uv'>): readonly string[] =>
  (uv?.from ?? []).map(({ setting, file, line }) => `${setting} (${file}:${line})`);

const errorOf = (
  { uv, isLocked }: Pick<InstallPlan, 'uv' | 'isLocked'>,
  tried: readonly string[],
): NeedsUv => {
  const script = uv?.from.find(({ file }) => file.endsWith('.py'))?.file;
  const command = script === undefined ? 'uv lock' : uvScriptCommand(script);
  return { _tag: 'NeedsUv', settings: settingsOfUv({ uv }), tried, lock: isLocked ? null : command };
};

/** A container prints this if only uv will do and there is no usable uv. */
export const NO_UV =
  'cdk-lambda-python: only uv can install this, and the container has none that it may use';

/** The error that a container had no uv, if it has printed so. */
export const noUvInContainer = (
  install: Pick<InstallPlan, 'uv' | 'docker' | 'installer' | 'isLocked'>,
  output: string,
): ExecutionError | undefined => {
  if (!output.includes(NO_UV)) return undefined;
  const tried = [`uv on this machine, to be used in ${install.docker.image}`];
  if (install.uv !== undefined) return errorOf(install, tried);
  return install.installer === 'uv'
    ? { _tag: 'InstallerMissing', installer: 'uv', pip: MINIMUM_PIP, tried }
    : undefined;
};

/** The error that no installer was found; it names uv if only uv will do. */
export const needsUv = (
  install: Pick<InstallPlan, 'uv' | 'isLocked'>,
  error: ExecutionError,
): ExecutionError =>
  install.uv !== undefined && error._tag === 'NoInstaller' ? errorOf(install, error.tried) : error;
