import { randomUUID } from 'node:crypto';
import { memoizeByObject } from '../../plan/values/memoize-by-object';
import { sha256 } from '../../plan/values/hash';
import { isPinned } from '../../plan/install/installer-argv';
import { FURTHER_INDEXES } from '../../plan/install/index-order';
import type { InstallPlan } from '../../plan/model/install-plan';
import type { Values } from '../../plan/variables/installer-environment';
import { fateOf, FILE_VARIABLES } from '../../plan/variables/installer-variables';
import type { Setting } from '../../plan/settings/machine-settings';
import { machineQuestion, machineSettings } from '../../plan/settings/machine-settings';
import { homeOf } from '../files/home';
import { localContent } from '../local-packages/local-content';
import type { RequirementFile } from '../files/requirement-texts';
import { requirementFiles } from '../files/requirement-texts';
import type { MachineDigest } from '../store/store-keys';

/** The installer of this machine and its version, for the keys; undefined if only a process could say. */
export type ToolKnown = (install: InstallPlan) => string | undefined;

/**
 * The digest of an install whose inputs are not known, such as a mount without a digest or a folder that cannot be
 * read. Each process has its own, so that no other process uses its results.
 */
const OF_THIS_PROCESS = randomUUID();

/**
 * The digest of this machine's settings and tools for the keys of a plan.
 *
 * @param own its variables, and the settings of its `uv.toml` and `pip.conf`; undefined if these files cannot be read
 */
export const machineDigest = (own: Values | undefined, toolKnown: ToolKnown): MachineDigest => {
  // Most functions of an app share one digest, so variables and folders of wheels are read once for all of them.
  const known = new Map<string, string | null>();
  const digestOf = (install: InstallPlan): string | null => {
    if (own === undefined || install.declared.onlyFor !== null) return OF_THIS_PROCESS;
    const settings = machineSettings(own, install).map((setting) => withContent(setting, homeOf(own)));
    if (settings.includes(undefined)) return OF_THIS_PROCESS;
    const tool = needsTool(install) ? toolKnown(install) : null;
    if (tool === undefined) return OF_THIS_PROCESS;
    const isSilent = settings.length === 0 && tool === null;
    return isSilent ? null : sha256(JSON.stringify([versionOf(install, settings), settings, tool]));
  };
  const ofInstall = memoizeByObject((install: InstallPlan): { readonly digest: string | null } => {
    const key = JSON.stringify([
      machineQuestion(install),
      needsTool(install),
      install.installer,
      install.declared.onlyFor,
    ]);
    const digest = known.has(key) ? (known.get(key) ?? null) : digestOf(install);
    known.set(key, digest);
    return { digest };
  });
  return ({ install }) => (install === null ? null : ofInstall(install).digest);
};

/** Whether another installer, or another version of it, may choose other versions: not if the declaration pins them. */
const needsTool = (install: InstallPlan): boolean => install.requirements.length > 0 && !isPinned(install);

/** Before version 2, only pip used further indexes, and uv took the best version of the indexes in pip's settings. */
const versionOf = (
  install: InstallPlan,
  settings: readonly (readonly string[] | undefined)[],
): 'settings/1' | 'settings/2' =>
  !isPinned(install) && settings.some((setting) => FURTHER_INDEXES.includes(setting?.[0] ?? ''))
    ? 'settings/2'
    : 'settings/1';

const digestOfFile = ({ file, text }: RequirementFile): string => (text === undefined ? file : sha256(text));

/** A setting, with the content of the files and folders that it names; undefined if the content cannot be known. */
const withContent = ([name, value]: Setting, home: string): readonly string[] | undefined => {
  if (FILE_VARIABLES.includes(name)) {
    const files = value.split(/\s+/).filter((file) => file !== '');
    // A file that cannot be read counts by its name.
    return [name, ...requirementFiles(files).map(digestOfFile)];
  }
  if (fateOf(name) !== 'index') return [name, value];
  const content = localContent(value, home);
  return content === undefined ? undefined : [name, value, ...content];
};
