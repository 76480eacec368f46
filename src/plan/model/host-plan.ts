import * as t from 'io-ts';
import { closed, list, PackageName, withOptional } from '../values/codecs';

/**
 * An installer on this machine: how to start it, and its arguments.
 *
 * @since 0.1.0
 */
export interface HostTool {
  readonly tool: 'uv' | 'pip';
  /** Ways to start it, tried in order. */
  readonly programs: readonly (readonly string[])[];
  readonly minimumVersion: string;
  /** Arguments of each run, in order. `{output}` stands for the folder into which the run installs modules. */
  readonly runs: readonly (readonly string[])[];
  /**
   * The same for distributions that only have wheels for a newer C library.
   *
   * @default - none: `runs` allows all that loads
   */
  readonly newer?: readonly (readonly string[])[];
}

/**
 * How dependencies are installed on this machine.
 *
 * @since 0.1.0
 */
export interface HostInstall {
  /** Distribution names of local packages. They have no wheel, so they are built. */
  readonly localPackages: readonly string[];
  readonly tools: readonly HostTool[];
  /** PEP 508 markers of the target, for pip, which would otherwise use those of this machine. */
  readonly markers: Readonly<Record<string, string>>;
  /** Variables that switch off the compilers of this machine, because these do not build for Lambda. */
  readonly environment: Readonly<Record<string, string>>;
}

const HostTool: t.Type<HostTool> = withOptional(
  closed(
    {
      tool: t.keyof({ uv: null, pip: null }),
      programs: list(list(t.string)),
      minimumVersion: t.string,
      runs: list(list(t.string)),
    },
    'HostTool',
  ),
  { newer: list(list(t.string)) },
);

export const HostInstall: t.Type<HostInstall> = closed(
  {
    localPackages: list(PackageName),
    tools: list(HostTool),
    markers: t.record(t.string, t.string),
    environment: t.record(t.string, t.string),
  },
  'HostInstall',
);
