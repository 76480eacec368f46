import * as t from 'io-ts';
import { AbsolutePath, closed, Digest, Natural, withOptional } from '../../plan/values/codecs';
import { ExecutionError } from '../errors/execution-error';
import { InstallerUsed } from '../errors/installer-used';

/**
 * The outcome of one plan.
 *
 * @since 0.1.0
 */
export interface ExecutionReport {
  /** The plan's asset hash. */
  readonly asset: string;
  readonly label: string;
  readonly outcome:
    | {
        readonly _tag: 'Bundled';
        /** Absolute path of the bundle: a zip, or a folder. */
        readonly path: string;
        /** The origin of the modules; `none` if the plan has no modules. */
        readonly dependencies: 'none' | 'store' | 'host' | 'docker' | 'buildkit';
        /** The installers of the modules, now or in an earlier run. @default - no modules, or unknown */
        readonly installers?: readonly InstallerUsed[];
        /** In milliseconds. */
        readonly duration: number;
      }
    /** The bundle was there already. */
    | { readonly _tag: 'Present'; readonly path: string }
    | { readonly _tag: 'Failed'; readonly error: ExecutionError };
}

export const ExecutionReport: t.Type<ExecutionReport> = closed(
  {
    asset: Digest,
    label: t.string,
    outcome: t.union(
      [
        withOptional(
          closed(
            {
              _tag: t.literal('Bundled'),
              path: AbsolutePath,
              dependencies: t.keyof({ none: null, store: null, host: null, docker: null, buildkit: null }),
              duration: Natural,
            },
            'Bundled',
          ),
          { installers: t.readonlyArray(InstallerUsed) },
        ),
        closed({ _tag: t.literal('Present'), path: AbsolutePath }, 'Present'),
        closed({ _tag: t.literal('Failed'), error: ExecutionError }, 'Failed'),
      ],
      'Outcome',
    ),
  },
  'ExecutionReport',
);
