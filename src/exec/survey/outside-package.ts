import type { BuildFileTexts } from '../../plan/packaging/builds/outside-paths';
import { outsidePaths } from '../../plan/packaging/builds/outside-paths';
import { scriptsOutside } from '../../plan/packaging/builds/script-outside';
import { namedAbove } from '../lookup/configured-files-above';
import type { OutsideFiles, OutsidePlace } from './outside-files';
import { outsideFiles } from './outside-files';

interface OutsidePackage extends OutsideFiles {
  /** The script that computes a path above the folder, if the scripts do not tell which files it reads there. */
  readonly climbing: string | undefined;
}

/**
 * Reads the files outside a package's folder that its configuration names, or that the scripts of its build name or
 * compute.
 *
 * @param scripts texts of the scripts, by their paths relative to the folder
 */
export const outsidePackage = (
  texts: BuildFileTexts,
  scripts: Readonly<Record<string, string>>,
  place: OutsidePlace,
): OutsidePackage => {
  const { paths, names, climbing } = scriptsOutside(scripts);
  const configured = outsideFiles(outsidePaths(texts), place);
  const ofScripts = outsideFiles([...new Set([...paths, ...namedAbove(names, place)])], place);
  const known = new Set(configured.files.map((file) => file.path));
  const more = new Map(
    ofScripts.files.filter((file) => !known.has(file.path)).map((file) => [file.path, file]),
  );
  return {
    files: [...configured.files, ...more.values()],
    problems: [...configured.problems, ...ofScripts.problems],
    climbing: ofScripts.files.length > 0 ? undefined : climbing,
  };
};
