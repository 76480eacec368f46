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
  `${path.join(folder, script)} computes a folder above ${folder}, and may read files there. The build sees ${folder} alone: no file above it can be told from the text of the script. ` +
  "If it reads one, name it in the script by its path from the package, in code or in a comment, such as `# ../VERSION`. It must lie in the app's folder.";
