import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { manifestPath, withBeside } from './bundle-manifest';
import { isMissing, isThere } from '../files/file-kind';
import { flushFile } from '../files/flush';
import { linkFile } from '../files/link-file';
import { isPresent } from './bundle-is-current';
import { sbomPath } from './sbom-path';
import { isUntouched, look, stamp } from '../files/stamp';
import type { StoredZip } from '../store/store';
import { withTemporarySync } from '../files/temporary';

/** Bundles are completed beside their place, on the same disk, so that the last step is a rename. */
const WORK_FOLDER = '.cdk-lambda-python';

/**
 * Moves a file by a rename. An existing target is removed first: if it is another name of the same file, a rename does
 * nothing.
 */
const move = (from: string, to: string): void => {
  removeIfThere(to);
  fs.renameSync(from, to);
};

/** Usually nothing is there, and a look costs less than a useless removal. */
const removeIfThere = (place: string): void => {
  if (look(place) !== undefined) fs.rmSync(place, { recursive: true, force: true });
};

const putText = (text: string, place: string, work: string): void => {
  const file = path.join(work, path.basename(place));
  fs.writeFileSync(file, text);
  stamp(file);
  flushFile(file);
  move(file, place);
};

/** Links a finished file of the store. Returns whether it is unchanged. */
const link = (from: string, to: string, size: number): boolean => {
  const isCopy = linkFile(from, to);
  if (!isUntouched(look(to), size)) return false;
  if (isCopy) flushFile(to);
  return true;
};

/** The bill of materials may be there already; one with other content must not stay beside a remade bundle. */
const putSbom = ({ output, hash }: BundlePlan, sbom: string | undefined, work: string): void => {
  const place = sbomPath(output.path);
  if (sbom !== undefined) putText(sbom, place, work);
  else if (hash.asset !== hash.content) fs.rmSync(place, { force: true });
};

/**
 * Links a finished zip of the store into a plan's place. The old bundle is removed first and the new one comes last, so
 * that no bundle is ever beside the manifest of another. False if the zip or its manifest has changed since it was
 * finished.
 */
export const putZipInPlace = (plan: BundlePlan, stored: StoredZip, sbom?: string): boolean => {
  const { output, hash } = plan;
  return inWorkFolder(plan, (work) => {
    const [file, manifest] = [path.join(work, 'bundle.zip'), path.join(work, 'manifest.json')];
    if (!link(stored.zip, file, stored.zipSize)) return false;
    if (!link(stored.manifest, manifest, stored.manifestSize)) return false;
    removeIfThere(output.path);
    if (hash.asset === hash.content && sbom === undefined) move(manifest, manifestPath(output.path));
    else putText(beside(fs.readFileSync(manifest, 'utf8'), plan, sbom), manifestPath(output.path), work);
    putSbom(plan, sbom, work);
    fs.renameSync(file, output.path);
    return true;
  });
};

/** The text of a manifest for a bundle with these files beside it. */
const beside = (manifest: string, { hash }: BundlePlan, sbom: string | undefined): string =>
  withBeside(manifest, hash.asset, sbom === undefined ? null : Buffer.byteLength(sbom));

/** The number of times that another run may be first while a folder is put in its place. */
const ATTEMPTS = 3;

/**
 * Puts a folder in a plan's place, in the same order; false if it was not made.
 *
 * @param assemble makes the folder, which does not exist yet; false if its sources have changed
 * @param key the key of the content in the store
 */
export const putFolderInPlace = (
  plan: BundlePlan,
  assemble: (bundle: string) => boolean,
  manifest: string,
  sbom?: string,
  key = plan.hash.content,
): boolean => {
  const place = plan.output.path;
  return inWorkFolder(plan, (work) => {
    const bundle = path.join(work, 'bundle');
    if (!assemble(bundle)) return false;
    for (let attempt = 0; ; attempt += 1) {
      if (isThere(place)) {
        // Another run was first with the same plan: the same hash means the same bytes.
        if (isPresent(plan, key)) return true;
        moveAway(place, path.join(work, `replaced-${attempt}`));
      }
      putText(beside(manifest, plan, sbom), manifestPath(place), work);
      putSbom(plan, sbom, work);
      try {
        fs.renameSync(bundle, place);
        return true;
      } catch (error) {
        const isTaken = ['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '');
        if (!isTaken || attempt === ATTEMPTS) throw error;
      }
    }
  });
};

const moveAway = (place: string, to: string): void => {
  try {
    fs.renameSync(place, to);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
};

/** Works on the disk of the output folder, which afterwards has only the bundle more. */
const inWorkFolder = <A>(plan: BundlePlan, work: (temporary: string) => A): A => {
  const folder = workFolderOf(plan);
  try {
    return withTemporarySync(folder, work);
  } finally {
    try {
      fs.rmdirSync(folder);
    } catch {
      // Another run is working in it.
    }
  }
};

/** The folder beside a plan's output in which killed runs may have left files. */
export const workFolderOf = ({ output }: BundlePlan): string => workFolderIn(path.dirname(output.path));

/** The same in the folder of outputs. */
export const workFolderIn = (folder: string): string => path.join(folder, WORK_FOLDER);
