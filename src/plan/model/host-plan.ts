import * as t from 'io-ts';
import { closed, list, PackageName, withOptional } from '../values/codecs';

/**
 * An installer on this machine: how it may be started, and with what.
 *
 * @since 0.1.0
 */
export interface HostTool {
  readonly tool: 'uv' | 'pip';
  /** Ways to start it, tried in order. */
  readonly programs: readonly (readonly string[])[];
  readonly minimumVersion: string;
  /** Arguments of one run after another; `{output}` stands for the folder the modules of that run go to. */
  readonly runs: readonly (readonly string[])[];
  /** The same with wheels for a newer C library, for what has no others. @default none: `runs` has all that loads */
  readonly newer?: readonly (readonly string[])[];
}

/**
 * How this machine installs.
 *
 * @since 0.1.0
 */
export interface HostInstall {
  /** Distribution names of local packages: they have no wheel, so they are built. */
  readonly localPackages: readonly string[];
  readonly tools: readonly HostTool[];
  /** PEP 508 markers of the target, for pip, which would take this machine's. */
  readonly markers: Readonly<Record<string, string>>;
  /** Added to the environment: a host's compilers do not build for Lambda, so they are switched off. */
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
