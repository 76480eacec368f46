import * as path from 'node:path';
import { readAsPlanned } from '../exec/install/read-as-planned';
import type { BundlePlan } from '../plan/model/bundle-plan';
import { gatheredTexts } from '../plan/declarations/local-packages/gathered-texts';
import { applyEdits } from '../plan/declarations/local-packages/requirements-edits';
import type { InstallInput } from '../plan/model/install-plan';

/** The requirements files of a plan, and which of them have changed since it was made. */
export interface InputTexts {
  /** Their texts, as an installer reads them. */
  readonly texts: readonly string[];
  /** Absolute paths of the changed files, on the machine that made the plan. */
  readonly changed: readonly string[];
}

/**
 * Reads the requirements files of a plan with their includes. A changed file cannot be checked: it may change again
 * before an installer reads it.
 *
 * @param place gives the absolute path of an input; a cloud assembly has copies
 */
export const inputTexts = (
  { install }: BundlePlan,
  place: (input: InstallInput) => string = ({ from }) => from,
): InputTexts => {
  if (install === null) return { texts: [], changed: [] };
  const changed: string[] = [];
  const read = (file: string): string | undefined => {
    const made = install.generated.find((each) => each.path === file);
    if (made !== undefined) return made.text;
    const input = install.inputs.find((each) => path.posix.normalize(each.path) === file);
    if (input === undefined) return undefined;
    const bytes = readAsPlanned(place(input), input);
    if (bytes === undefined) changed.push(input.from);
    return bytes === undefined ? undefined : applyEdits(new TextDecoder().decode(bytes), input.edits);
  };
  const texts = gatheredTexts(install, read).map(({ text }) => text);
  return { texts, changed };
};
