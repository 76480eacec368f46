import * as fs from 'node:fs';
import * as path from 'node:path';
import { staysInside } from '../../plan/values/paths';
import type { Distribution } from '../../plan/parts/omitted-distributions';
import { readMetadata } from '../../plan/parts/omitted-distributions';
import { recordedPaths } from './tidy-record';

export const METADATA_FOLDER = '.dist-info';

/** An installed distribution, and the files that it lists. */
export interface InstalledDistribution extends Distribution {
  /** Name of its metadata folder. */
  readonly folder: string;
  /** Relative to the modules' folder, with `/`; without paths of RECORD that lead out of it. */
  readonly files: readonly string[];
}

/** The distributions whose metadata is in a folder. */
export const installedDistributions = (folder: string): readonly InstalledDistribution[] =>
  fs
    .readdirSync(folder)
    .filter((name) => name.endsWith(METADATA_FOLDER))
    .sort()
    .map((name) => ({
      folder: name,
      ...readMetadata(textOf(path.join(folder, name, 'METADATA'))),
      files: recordedPaths(textOf(path.join(folder, name, 'RECORD')))
        .map((file) => path.posix.normalize(file))
        .filter((file) => staysInside(file)),
    }));

/** `name-version` of the distribution that lists a file. */
export const ownerAmong = (
  distributions: readonly InstalledDistribution[],
  file: string,
): string | undefined =>
  distributions.find((one) => one.files.includes(file))?.folder.replace(/\.dist-info$/, '');

const textOf = (file: string): string => {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};
