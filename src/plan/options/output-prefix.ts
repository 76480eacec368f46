import { invalidOption } from '../errors/invalid-option';
import * as path from 'node:path';
import type { BundleRequest } from '../request/bundle-request';
import { Line, RelativeFolder } from '../values/codecs';
import type { PlanError } from '../errors/plan-error';

/**
 * The folder of a bundle that a suffix of CDK's output path names: `./a//b/` means `a/b`, and an empty suffix means
 * `.`.
 */
export const outputPrefix = (suffix: string): string =>
  path.posix.normalize(suffix).replace(/(?<=[^/])\/+$/, '') || '.';

/**
 * A backslash separates folders on Windows and is part of a name on Lambda, so the two would have different bundles.
 */
const isPrefix = (prefix: string): boolean =>
  RelativeFolder.is(prefix) && Line.is(prefix) && !prefix.includes('\\');

export const prefixErrors = ({ prefix }: Pick<BundleRequest, 'prefix'>): readonly PlanError[] =>
  isPrefix(prefix)
    ? []
    : [
        invalidOption(
          'bundling.outputPathSuffix',
          prefix,
          'a relative path with "/" between its parts that stays inside the bundle',
        ),
      ];
