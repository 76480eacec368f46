import * as fs from 'node:fs';
import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { hasOwnCommand } from '../../plan/install/container-install';
import { normalizeName } from '../../plan/packaging/requirement/package-name';
import { foldersOf } from '../../plan/values/paths';
import { BY_COMMANDS, OF_ENTRY } from '../errors/content-error';
import type { ExecutionError } from '../errors/execution-error';
import { finishWhole } from './finish-whole';
import { buildImageOf } from '../../plan/target/python-runtime';
import { foreignBinaries } from '../distributions/foreign-binary';
import { hidingStandard, showHidden } from '../distributions/hidden-modules';
import type { InstallTask, Installed } from '../install/install';
import { targetName } from '../install/install';
import { lastLines } from '../scripts/installer-output';
import type { IsGone } from './leave-out';
import { leaveOut } from './leave-out';
import { installedFromFolders } from '../distributions/installed-from-folders';
import { listFiles } from './make-part';
import type { InstalledDistribution } from '../distributions/recorded-files';
import { installedDistributions, ownerAmong } from '../distributions/recorded-files';
import { sharedFiles } from '../distributions/overwritten-files';
import { showStartupFile, startupFiles } from '../distributions/startup-files';
import { tidyTree } from '../distributions/tidy-tree';
import type { Sized } from '../distributions/too-large';
import { portions, tooLarge, total } from '../distributions/too-large';
import { notPinnedError, unpinnedInstalled } from './unpinned-installed';
import { unsafeFile } from '../distributions/unsafe-file';
import type { InstalledWheel } from '../distributions/wheel-tags';
import { foreignWheel, installedWheels } from '../distributions/wheel-tags';

/**
 * Removes from the installed modules all that differs between machines and all that the plan leaves out, and checks the
 * rest. It is an error if they are empty, too large or unsafe to ship, or if wheels or native code do not load on the
 * target. Returns lines of advice.
 */
export const finishModules = async (
  task: InstallTask,
  installed: Installed,
): Promise<E.Either<ExecutionError, readonly string[]>> => {
  const { install, folders, plan } = task;
  const records = installed.records ?? folders.output;
  const own = install.isWhole ? plan.sources.flatMap(({ path }) => [path, ...foldersOf(path)]) : [];
  const unsafe = unsafeFile(folders.output, new Set(own));
  if (unsafe !== undefined)
    return E.left({ _tag: 'UnsafeFile', ...unsafe, ...ownedBy(records, unsafe.path) });
  const absent = absentNotes(install, records);
  const locals = installedFromFolders(records, installedDistributions(records), install.host.localPackages);
  const unpinned = unpinnedInstalled(install, records);
  const finished = install.isWhole ? finishWhole(task, installed) : finishInstall(task, installed);
  if (E.isLeft(finished)) return finished;
  // Checked here, before hundreds of megabytes that do not fit are compressed and compiled.
  const files = listFiles(folders.output);
  const distributions = installedDistributions(records);
  // Distributions that are left out need no pin.
  const open = unpinned.filter(({ folder }) => !finished.right(`${folder}/METADATA`));
  if (open.length > 0) return E.left(notPinnedError(install, open, distributions));
  if (total(files) > plan.output.maximumSize)
    return E.left(tooLarge(plan, portions(files, distributions, 'module')));
  const wheels = (await installedWheels(records)).filter(
    ({ distribution }) => !finished.right(`${distribution}.dist-info/WHEEL`),
  );
  const checked = checkWheels(wheels, plan, installed);
  if (E.isLeft(checked)) return checked;
  const ships = new Set(own);
  const { refused, warnings } = foreignBinaries(plan, {
    tree: folders.output,
    files,
    distributions,
    wheels,
    locals,
    usersOwn: (file) => (install.isWhole ? (ships.has(file) ? OF_ENTRY : BY_COMMANDS) : undefined),
    hasOwnLibrary: installed.by !== 'host' && plan.image === buildImageOf(plan.runtime),
  });
  if (refused !== undefined) return E.left(refused);
  return E.right([
    ...absent,
    ...emptyNote(task, files),
    ...warnings,
    ...startupNotes(files, distributions, install.isWhole),
    ...hiddenNotes(files, distributions),
    ...sharedFiles(
      {
        records,
        tree: folders.output,
        omitted: install.leftOut.omit,
        isSettled: !hasOwnCommand(install.docker),
      },
      finished.right,
    ),
  ]);
};

/** Notes on names to leave out that no installed distribution has: they are misspelled, or no longer needed. */
const absentNotes = ({ leftOut: { omit } }: InstallTask['install'], records: string): readonly string[] => {
  if (omit.length === 0) return [];
  const names = new Set(installedDistributions(records).map(({ name }) => name));
  return omit
    .filter((name) => !names.has(normalizeName(name)))
    .map((name) => `\`dependencies.omit\` has ${name}, which nothing installs`);
};

/** Markers and options may leave out every requirement; a user who wanted modules should know that there are none. */
const emptyNote = ({ plan, install }: InstallTask, files: readonly Sized[]): readonly string[] =>
  files.length > 0 || install.isWhole || install.declaration === null
    ? []
    : [
        `nothing that ${install.declaration} asks for is in the bundle of ${plan.label}: looked for distributions for ${targetName(plan)} that no marker and no \`dependencies.omit\` leaves out`,
      ];

const ownedBy = (records: string, file: string): { readonly distribution: string } => ({
  distribution: ownerAmong(installedDistributions(records), file) ?? 'the dependencies',
});

/** In a bundle that commands have built, a file that no distribution lists is the user's own. */
const startupNotes = (
  files: readonly Sized[],
  distributions: readonly InstalledDistribution[],
  isWhole: boolean,
): readonly string[] =>
  startupFiles(files.map((file) => file.path)).flatMap((file) => {
    const owner = ownerAmong(distributions, file);
    return owner === undefined && isWhole ? [] : showStartupFile(file, owner ?? 'the dependencies');
  });

/** Files that no distribution lists may be the user's own, and backports are intended; neither gets a note. */
const hiddenNotes = (
  files: readonly Sized[],
  distributions: readonly InstalledDistribution[],
): readonly string[] =>
  hidingStandard(files.map((file) => file.path)).flatMap((file) => {
    const owner = ownerAmong(distributions, file);
    return owner === undefined ? [] : showHidden(file, owner);
  });

const checkWheels = (
  wheels: readonly InstalledWheel[],
  plan: BundlePlan,
  { by }: Installed,
): E.Either<ExecutionError, void> => {
  const foreign = foreignWheel(wheels, plan, by);
  return foreign === undefined
    ? E.right(undefined)
    : E.left({
        _tag: 'WrongWheel',
        distribution: foreign.distribution,
        tag: foreign.tags.join(', '),
        target: targetName(plan),
      });
};

const finishInstall = (
  { install, folders: { output: tree } }: InstallTask,
  { tool, output }: Installed,
): E.Either<ExecutionError, IsGone> => {
  tidyTree(tree);
  if (!install.mayBeEmpty && fs.readdirSync(tree).length === 0) {
    return E.left({ _tag: 'NothingInstalled', tool, output: lastLines(output) });
  }
  const distributions = installedDistributions(tree);
  const files = (): readonly string[] => listFiles(tree).map((file) => file.path);
  return E.right(leaveOut({ tree, distributions, files, taken: [] }, install.leftOut));
};
