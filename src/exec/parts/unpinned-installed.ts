import type { InstallPlan } from '../../plan/model/install-plan';
import type { ExecutionError } from '../errors/execution-error';
import type { InstalledDistribution } from '../distributions/recorded-files';
import { installedDistributions, METADATA_FOLDER } from '../distributions/recorded-files';

/** The version in a metadata folder's name. */
const versionIn = (folder: string): string => folder.slice(0, -METADATA_FOLDER.length).replace(/^[^-]*-/, '');

const needOf = ({ needs, mayNeed }: InstalledDistribution): readonly string[] => [...needs, ...mayNeed];

/**
 * The installed distributions that the declaration does not pin. If it names some by a path or URL alone, any
 * distribution that no other one needs counts as one of those. Nothing is read if the plan does not ask for this check.
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

/** The error that names all unpinned distributions, and for each the distributions that need it. */
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
