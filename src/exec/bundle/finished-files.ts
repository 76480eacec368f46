import * as fs from 'node:fs';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { ManifestFile } from './bundle-manifest';
import { manifestPath, readManifest } from './bundle-manifest';

/** The files of a finished bundle, from its manifest; undefined if it was not made here. */
export const finishedFiles = ({ output }: BundlePlan): readonly ManifestFile[] | undefined => {
  try {
    return readManifest(fs.readFileSync(manifestPath(output.path), 'utf8'))?.files;
  } catch {
    return undefined;
  }
};
