import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { runBatch } from '../exec/batch/batch';
import { manifestPath, readManifest } from '../exec/bundle/bundle-manifest';
import { showExecutionError } from '../exec/errors/execution-error';
import { showFailure } from '../exec/errors/show-failure';
import { fileError } from '../exec/store/file-errors';
import { isMissing, isThere } from '../exec/files/file-kind';
import { interruptible } from '../exec/process/interruptible';
import { liveWorld } from '../exec/batch/live-world';
import { workFolderIn } from '../exec/bundle/put-in-place';
import { sbomPath } from '../exec/bundle/sbom-path';
import { removeAbandoned, withTemporary } from '../exec/files/temporary';
import type { Packaging } from '../plan/request/bundle-request';
import type { BundlePlan } from '../plan/model/bundle-plan';
import { relativePath, staysInside } from '../plan/values/paths';
import { fail } from './fail';

/** The destination of a bundle on the command line. */
export interface OutOptions {
  readonly out: string;
  readonly force?: boolean;
  /** Whether code of distributions may run on this machine. @default true */
  readonly mayBuild?: boolean;
}

/** A name that ends in `.zip` means a zip, any other a folder. */
export const packagingOf = ({ out }: OutOptions): Packaging => (out.endsWith('.zip') ? 'zip' : 'directory');

/**
 * Makes a plan's bundle, whole or not at all, with its manifest beside it, and prints the bundle's path. Returns
 * whether it was made.
 */
export const putBundle = (plan: BundlePlan, options: OutOptions): Promise<boolean> =>
  // When the process gets a signal to end, the files beside the output are removed first.
  interruptible(
    () => put(plan, options),
    () => Promise.resolve(),
  );

const put = async (
  plan: BundlePlan,
  { out, force = false, mayBuild = true }: OutOptions,
): Promise<boolean> => {
  const folder = path.resolve(out);
  const packaging = packagingOf({ out });
  const work = workFolderIn(path.dirname(folder));
  try {
    const refusal = await whyNot(plan, folder, packaging, force);
    if (refusal !== undefined) {
      fail([refusal]);
      return false;
    }
    removeAbandoned(work);
    return await withTemporary(work, async (temporary) => {
      const made = path.join(temporary, 'made');
      const here = { ...plan, output: { ...plan.output, packaging, path: made } };
      const [report] = await runBatch(await liveWorld(process.env, mayBuild), [
        { plan: here, environment: {} },
      ]);
      if (report?.outcome._tag === 'Failed') {
        fail([`${plan.label}: ${showFailure(plan, report.outcome.error)}`]);
        return false;
      }
      await replaceAll([...placesBeside(made, folder), [made, folder]], temporary);
      process.stdout.write(`${folder}\n`);
      return true;
    });
  } catch (error) {
    fail([showExecutionError(fileError(error, folder))]);
    return false;
  } finally {
    // Another run may be working in it.
    await fs.rmdir(work).catch(() => undefined);
  }
};

/**
 * The reason why a bundle cannot go to a folder: nothing is overwritten without request, and nothing needed is ever
 * removed.
 */
const whyNot = async (
  plan: BundlePlan,
  folder: string,
  packaging: Packaging,
  force: boolean,
): Promise<string | undefined> => {
  const stats = await fs.stat(folder).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  const beside = force || (await isManifestOf(plan, folder)) ? undefined : filesBeside(folder).find(isThere);
  const taken =
    beside &&
    `${beside} exists already, and the bundle would replace it by its own. Name another output, or use --force to replace it.`;
  if (stats === undefined) return taken;
  if (packaging === 'zip') {
    if (!stats.isFile()) return `${folder} is not a file. Name a new file.`;
    return force ? undefined : `${folder} exists already. Name a new file, or use --force to replace it.`;
  }
  if (!stats.isDirectory()) return `${folder} is not a folder. Name a new folder.`;
  if ((await fs.readdir(folder)).length === 0) return taken;
  if (!force) return `${folder} is not empty. Name a new folder, or use --force to replace its content.`;
  const real = await fs.realpath(folder);
  const inputs = plan.install?.inputs.map(({ from }) => from) ?? [];
  const included = plan.sources.flatMap(({ folder }) => folder ?? []);
  const needed = [plan.entry.root, ...included, ...inputs, process.cwd()].find((file) =>
    staysInside(relativePath(real, file)),
  );
  return needed === undefined
    ? undefined
    : `${folder} contains ${needed}, and --force would remove it. Name another folder.`;
};

/**
 * Whether the manifest beside a bundle is already that of the same plan, as when the bundle was made in the other form.
 */
const isManifestOf = async ({ hash }: BundlePlan, bundle: string): Promise<boolean> => {
  const text = await fs.readFile(manifestPath(bundle), 'utf8').catch(() => '');
  return readManifest(text)?.asset === hash.asset;
};

/** The files beside a bundle that describe it. */
const filesBeside = (bundle: string): readonly string[] => [manifestPath(bundle), sbomPath(bundle)];

const placesBeside = (finished: string, bundle: string): readonly Place[] =>
  filesBeside(finished).map((file, index) => [file, filesBeside(bundle)[index] ?? ''] as const);

/** The present path of a file or folder, and its future path. */
type Place = readonly [from: string, to: string];

const renamed = (from: string, to: string): Promise<boolean> =>
  fs.rename(from, to).then(
    () => true,
    (error: unknown) => {
      if (isMissing(error)) return false;
      throw error;
    },
  );

/**
 * Replaces files and folders by finished ones, and restores them if that fails. A missing finished file removes its
 * target.
 */
const replaceAll = async (places: readonly Place[], temporary: string): Promise<void> => {
  const moved: Place[] = [];
  try {
    for (const [index, [, place]] of places.entries()) {
      const old = path.join(temporary, `replaced-${index}`);
      if (await renamed(place, old)) moved.push([old, place]);
    }
    for (const [finished, place] of places) await renamed(finished, place);
  } catch (error) {
    for (const [old, place] of moved) {
      await fs.rm(place, { recursive: true, force: true });
      await fs.rename(old, place);
    }
    throw error;
  }
};
