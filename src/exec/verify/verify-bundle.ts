import * as fs from 'node:fs';
import * as path from 'node:path';
import { byText } from '../../plan/values/hash';
import type { BundleManifest } from '../bundle/bundle-manifest';
import { manifestPath, readManifest } from '../bundle/bundle-manifest';
import { checkFolder } from './check-folder';
import { checkZipFiles } from './check-zip-files';
import type { FilesChecked } from '../errors/file-fault';
import { reasonOf } from '../files/file-kind';
import { readTextBytes } from '../files/read-text';

/**
 * The result for one bundle.
 *
 * @since 0.1.0
 */
export interface BundleVerified extends FilesChecked {
  /** The path as the user gave it. */
  readonly bundle: string;
  readonly manifest: string;
}

const ORDER = { Missing: 0, Added: 1, Changed: 2, Mode: 3 } as const;

/** The name of a bundle in `cdk.out` and in the CDK's bucket: its hash. */
const NAMED = /^(?:asset\.)?([0-9a-f]{64})(?:\.zip)?$/;

/**
 * Compares a bundle, a zip or a folder, with a manifest: every file is read, none is written, and no link is followed.
 * It finds accidental changes, and changes that the keeper of the manifest does not know of; a manifest is not a
 * signature.
 *
 * @param bundle path of the zip or folder
 * @param manifest path of the manifest
 * @since 0.1.0
 */
export const verifyBundle = async (
  bundle: string,
  manifest: string = manifestPath(bundle),
): Promise<BundleVerified> => {
  const unreadable = (why: string): BundleVerified => ({
    bundle,
    manifest,
    faults: [],
    files: 0,
    bytes: 0,
    unreadable: why,
  });
  const said = manifestAt(manifest);
  if (typeof said === 'string') return unreadable(`its manifest ${manifest} ${said}`);
  const [, named = said.asset] = NAMED.exec(path.basename(bundle)) ?? [];
  if (named !== said.asset) return unreadable(`its manifest ${manifest} belongs to the asset ${said.asset}`);
  const expected = new Map(said.files.map((file) => [file.path, file]));
  const isFolder = fs.statSync(bundle, { throwIfNoEntry: false })?.isDirectory() === true;
  const checked = await (isFolder ? checkFolder(bundle, expected) : checkZipFiles(bundle, expected));
  const faults = [...checked.faults].sort((a, b) => ORDER[a._tag] - ORDER[b._tag] || byText(a.path, b.path));
  return { bundle, manifest, ...checked, faults };
};

/** The content of a manifest, or the reason why there is none. */
const manifestAt = (file: string): BundleManifest | string => {
  try {
    if (!fs.statSync(file).isFile()) return 'is not a file';
    return readManifest(readTextBytes(file).toString()) ?? 'is not one that this version can read';
  } catch (error) {
    return `cannot be read: ${reasonOf(error)}`;
  }
};
