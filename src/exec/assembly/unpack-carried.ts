import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { relocatePlan } from '../../plan/assembly/relocate-plan';
import { carriedFile, neededFiles } from './carry-plan';
import type { ExecutionError } from '../errors/execution-error';
import { FILES_AT_A_TIME, inParallel } from '../files/in-parallel';
import { readAsPlanned } from '../install/read-as-planned';

/**
 * Puts a carried plan's files into a folder with the same layout as where it was planned, and gives the plan for this
 * folder. It reads nothing from the original place.
 *
 * @param carried absolute path of the folder of plans and files in the cloud assembly
 * @param folder absolute path of an empty folder
 * @param output absolute path of the bundle
 */
export const unpackCarried = async (
  plan: BundlePlan,
  carried: string,
  folder: string,
  output: string,
): Promise<E.Either<ExecutionError, BundlePlan>> => {
  const places = { root: path.join(folder, 'root'), outside: path.join(folder, 'outside'), output };
  const there = relocatePlan(plan, places);
  const planned = neededFiles(plan);
  const files = neededFiles(there).map((file, index) => ({
    ...file,
    was: planned[index]?.from ?? file.from,
  }));
  const missing = await inParallel(FILES_AT_A_TIME, files, async ({ from, was, digest, executable }) => {
    const content = readAsPlanned(carriedFile(carried, digest), { digest });
    if (content === undefined) return [was];
    await fs.mkdir(path.dirname(from), { recursive: true });
    await fs.writeFile(from, content, { mode: executable ? 0o755 : 0o644 });
    return [];
  });
  const wrong = [...new Set(missing.flat())];
  return wrong.length > 0 ? E.left({ _tag: 'AssemblyChanged', path: carried, files: wrong }) : E.right(there);
};
