import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { withCredentialVariables } from '../../plan/declarations/local-packages/credential-variables';
import { gatheredTexts } from '../../plan/declarations/local-packages/gathered-texts';
import { isAsPlanned } from '../../plan/declarations/local-packages/install-inputs';
import { uvFiles } from '../../plan/declarations/uv-settings/uv-files';
import { withoutConfigSettings } from '../../plan/declarations/local-packages/without-config-settings';
import type { InstallInput, InstallPlan } from '../../plan/model/install-plan';
import { applyEdits } from '../../plan/declarations/local-packages/requirements-edits';
import type { ExecutionError } from '../errors/execution-error';
import { copyGit } from './copy-git';
import { copyAsPlanned } from './copy-as-planned';
import { FILES_AT_A_TIME, inParallel } from '../files/in-parallel';
import { readText } from '../files/read-text';
import { textOf } from '../files/requirement-texts';
import { unplannedReads } from '../../plan/declarations/local-packages/unplanned-reads';
import { isThere } from '../files/file-kind';

/** Values of variables for the installer. */
export type Variables = Readonly<Record<string, string>>;

/**
 * Copies the installer's inputs into one folder. So the installer reads exactly the files that the plan's hash covers,
 * a container needs no mount of the user's files, and a build leaves nothing beside them. User names and passwords in
 * URLs are replaced by variables.
 *
 * @returns the values of these variables, for the installer
 */
export const gatherInputs = async (
  install: InstallPlan,
  folder: string,
): Promise<E.Either<ExecutionError, Variables>> => {
  const { inputs, generated, workingDirectory } = install;
  await fs.mkdir(path.join(folder, workingDirectory), { recursive: true });
  const places = inputs.map((input, place) => ({ input, place }));
  const gathered = await inParallel(FILES_AT_A_TIME, places, ({ input, place }) =>
    gather(input, place, folder),
  );
  for (const { path: relative, text } of [...generated, ...uvFiles(install.uv, workingDirectory)]) {
    await fs.mkdir(path.dirname(path.join(folder, relative)), { recursive: true });
    await fs.writeFile(path.join(folder, relative), text);
  }
  const failed = gathered.find(E.isLeft);
  if (failed !== undefined) return failed;
  const unplanned = unplannedInput(install, folder);
  if (unplanned !== undefined) return E.left(unplanned);
  await dropConfigSettings(install, folder);
  const git = await copyGit(install, folder);
  if (E.isLeft(git)) return git;
  return E.right(
    Object.assign({}, git.right, ...gathered.map((each) => (E.isRight(each) ? each.right : {}))) as Variables,
  );
};

/** Removes config settings from the lines: installers get them by the name of the package. */
const dropConfigSettings = async (install: InstallPlan, folder: string): Promise<void> => {
  for (const { path: relative, text } of gatheredTexts(install, (file) => textOf(path.join(folder, file)))) {
    const plain = withoutConfigSettings(text);
    if (plain !== text) await fs.writeFile(path.join(folder, relative), plain);
  }
};

const gather = async (
  input: InstallInput,
  place: number,
  folder: string,
): Promise<E.Either<ExecutionError, Variables>> => {
  const { path: relative, from, digest, hashed, executable, edits } = input;
  const changed = E.left({ _tag: 'SourceChanged', path: from } as const);
  const target = path.join(folder, relative);
  await fs.mkdir(path.dirname(target), { recursive: true });
  if (edits.length === 0 && hashed === digest) {
    return (await copyAsPlanned(from, target, input)) ? E.right({}) : changed;
  }
  const read = readText(from);
  if (read._tag === 'Problem' || !isAsPlanned(input, read.bytes)) return changed;
  const edited = applyEdits(new TextDecoder().decode(read.bytes), edits);
  const { text, values } = withCredentialVariables(edited, place);
  await fs.writeFile(target, text, { mode: executable ? 0o755 : 0o644 });
  return E.right(values);
};

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
