import type { InstallPlan } from '../../plan/model/install-plan';
import type { ExecutionError } from '../errors/execution-error';
import type { InstalledDistribution } from '../distributions/recorded-files';
import { installedDistributions, METADATA_FOLDER } from '../distributions/recorded-files';

/** The version in the name of a metadata folder. */
const versionIn = (folder: string): string => folder.slice(0, -METADATA_FOLDER.length).replace(/^[^-]*-/, '');

const needOf = ({ needs, mayNeed }: InstalledDistribution): readonly string[] => [...needs, ...mayNeed];

/**
 * The distributions that were installed and that the declaration does not fix. Where it names some by a path or a URL alone, those
 * that no other one needs are theirs. Nothing is read where the plan does not ask for it.
 *
 * @param records folder of the metadata
 */
export const unpinnedInstalled = (
  { pinned }: Pick<InstallPlan, 'pinned'>,
  records: string,
): readonly InstalledDistribution[] => {
  if (pinned === undefined) return [];
  const installed = installedDistributions(records);
  const names = new Set(pinned.names);
  const isNeeded = ({ name }: InstalledDistribution): boolean =>
    installed.some((one) => one.name !== name && needOf(one).includes(name));
  return installed.filter((one) => !names.has(one.name) && (!pinned.hasUnnamed || isNeeded(one)));
};

/** The error that names them all, and what needs each. */
export const notPinnedError = (
  { declaration }: Pick<InstallPlan, 'declaration'>,
  unpinned: readonly InstalledDistribution[],
  installed: readonly InstalledDistribution[],
): ExecutionError => ({
  _tag: 'InstalledNotPinned',
  declaration: declaration ?? 'the plan',
  distributions: unpinned.map(({ name, folder }) => ({
    requirement: `${name}==${versionIn(folder)}`,
    neededBy: installed
      .filter((one) => one.name !== name && needOf(one).includes(name))
      .map((one) => one.name),
  })),
});
