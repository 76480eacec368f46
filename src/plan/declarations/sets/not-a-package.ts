import * as path from 'node:path';
import type { LocalPackageError } from '../../errors/local-package-error';
import { foldersOf, staysInside } from '../../values/paths';
import type { LocalPackage, RequirementsSnapshot } from '../../model/source-snapshot';
import { lineTarget } from '../lines/line-target';
import type { LocalReferenceAt } from './local-references';
import { placedLines } from '../lines/requested-lines';

/** The files by which pip and uv recognize a package. */
const MARKS = ['pyproject.toml', 'setup.py'];

const isMark = (file: string): boolean => staysInside(file) && MARKS.includes(path.posix.basename(file));

/** The only package below a folder; null if there are several or none. */
const inner = ({ path: folder, files }: LocalPackage): string | null => {
  const found = new Set(
    files.filter((file) => isMark(file.path)).map((file) => path.posix.dirname(file.path)),
  );
  const top = [...found].filter((one) => !foldersOf(one).some((above) => found.has(above)));
  return top.length === 1 ? path.join(folder, top[0] ?? '') : null;
};

/** Reports folders that are named as packages but are not packages. */
export const notPackages = (
  localPackages: readonly LocalPackage[],
  named: readonly LocalReferenceAt[],
): readonly LocalPackageError[] =>
  named.flatMap(({ path: place, file, line }) => {
    const local = localPackages.find((one) => one.path === place);
    return local?.kind !== 'folder' || local.files.some((one) => MARKS.includes(one.path))
      ? []
      : { _tag: 'NotAPackage', path: place, file, line, nearest: inner(local) };
  });

/** Reports such folders on the lines of a requirements file and of the files that it includes. */
export const notPackagesIn = (requirements: RequirementsSnapshot): readonly LocalPackageError[] => {
  const workingFolder = path.dirname(requirements.texts[0].file);
  return notPackages(
    requirements.localPackages,
    placedLines(requirements).flatMap(({ line, file, isConstraint }) =>
      line._tag !== 'LocalPackage' || isConstraint
        ? []
        : { path: lineTarget(line, file, workingFolder), file, line: line.at.from },
    ),
  );
};
