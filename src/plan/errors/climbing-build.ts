import * as path from 'node:path';
import * as t from 'io-ts';
import { closed } from '../values/codecs';

/**
 * A local package whose build script computes a folder above the package. The build may read files there that the copy
 * of the package does not have.
 *
 * @since 0.1.0
 */
export interface BuildReadsAbove {
  readonly _tag: 'BuildReadsAbove';
  /** Absolute path of the package. */
  readonly package: string;
  /** The script that its build runs, relative to the package. */
  readonly script: string;
}

export const BuildReadsAbove: t.Type<BuildReadsAbove> = closed(
  { _tag: t.literal('BuildReadsAbove'), package: t.string, script: t.string },
  'BuildReadsAbove',
);

export const showBuildReadsAbove = ({ package: folder, script }: BuildReadsAbove): string =>
  `${path.join(folder, script)} computes a folder above ${folder}, and may read files there. The build sees only ${folder}, because the text of the script names no file above it. ` +
  "If the script reads one, name its path from the package in the script, in code or in a comment, such as `# ../VERSION`. The file must lie in the app's folder.";
