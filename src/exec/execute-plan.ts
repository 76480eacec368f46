import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../plan/bundle-plan';
import { assemble } from './assemble';
import { sizes } from './bundle-size';
import type { DependencyTree } from './dependencies';
import type { ExecutionError } from './execution-error';
import { fileError } from './file-errors';
import { isPresent } from './present';
import { removeAbandoned, withTemporary } from './temporary';

/** Bundles are put together beside their place, on the same disk, so that the last step is a rename. */
const WORK_FOLDER = '.cdk-lambda-python';

/** Makes the bundle of a plan whose modules are at hand: all of it, or nothing. */
export const makeBundle = async (
  plan: BundlePlan,
  dependencies: DependencyTree | null,
): Promise<E.Either<ExecutionError, void>> => {
  const work = path.join(path.dirname(plan.output.directory), WORK_FOLDER);
  try {
    await removeAbandoned(work);
    return await withTemporary(work, async (temporary) => {
      const bundle = path.join(temporary, 'bundle');
      const assembled = await assemble(plan, dependencies?.tree ?? null, bundle);
      if (E.isLeft(assembled)) return assembled;
      const tooLarge = await checkSize(plan, bundle);
      if (tooLarge !== undefined) return E.left(tooLarge);
      await publish(plan, bundle, path.join(temporary, 'replaced'));
      return E.right(undefined);
    });
  } catch (error) {
    return E.left(fileError(error, work));
  } finally {
    await fs.rmdir(work).catch(() => undefined);
  }
};

const checkSize = async ({ output }: BundlePlan, bundle: string): Promise<ExecutionError | undefined> => {
  const parts = await sizes(bundle);
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  return size <= output.maximumSize
    ? undefined
    : {
        _tag: 'TooLarge',
        size,
        limit: output.maximumSize,
        largest: parts.slice(0, 10).map((part) => `${part.name} ${(part.size / 1024 / 1024).toFixed(1)} MB`),
      };
};

const publish = async (plan: BundlePlan, bundle: string, replaced: string): Promise<void> => {
  const place = plan.output.directory;
  try {
    await fs.rename(bundle, place);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    // Another run was first with the same plan: the hash is the same, so are the bytes.
    if (isPresent(plan)) return;
    await fs.rename(place, replaced);
    await fs.rename(bundle, place);
  }
};
