import * as path from 'node:path';
import { gatheredTexts } from '../../plan/declarations/local-packages/gathered-texts';
import { unplannedReads } from '../../plan/declarations/local-packages/unplanned-reads';
import type { InstallPlan } from '../../plan/model/install-plan';
import type { ExecutionError } from '../errors/execution-error';
import { isThere } from '../files/file-kind';
import { textOf } from '../files/requirement-texts';

/**
 * The error if an installer would read files without a digest in the plan: the plan, or a file of it, was changed by
 * hand. Generated files are checked when a plan is read.
 *
 * @param folder absolute path of the folder with the gathered inputs
 */
export const unplannedInput = (install: InstallPlan, folder: string): ExecutionError | undefined => {
  const { inputs, generated, declared, workingDirectory } = install;
  const planned = new Set(declared.indexes.map(({ path: place }) => place));
  // A path that does not exist here may be a folder of the container.
  const isIndex = (place: string): boolean => planned.has(place) || !isThere(place);
  const found = gatheredTexts(install, (file) => textOf(path.join(folder, file)))
    .filter(({ path: file }) => !generated.some((made) => made.path === file))
    .flatMap((text) => {
      const name = inputs.find((input) => input.path === text.path)?.from ?? text.path;
      return unplannedReads(text, { name, workingDirectory, isIndex });
    });
  return found.length === 0 ? undefined : { _tag: 'UnplannedInput', found };
};
