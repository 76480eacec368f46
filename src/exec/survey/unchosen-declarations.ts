import * as path from 'node:path';
import type { BundleRequest } from '../../plan/request/bundle-request';
import { FROM_BESIDE } from '../../plan/request/declaration-files';
import type { NeededImport } from '../../plan/imports/needed-import';
import type { PlanError } from '../../plan/errors/plan-error';
import type { SnapshotFile } from '../../plan/model/source-snapshot';
import { isWhole } from '../../plan/install/whole-build';
import { namesIn } from '../files/names-in';
import type { Declared } from './survey-memory';

/** PEP 751 files with names of their own, and the folder in which many projects have one file for each environment. */
const MAY_DECLARE = /^(?:pylock\.[^.]+\.toml|requirements)$/;

/** A file that Python can import. */
const MODULE = /\.(?:py|so)$/;

/** The names in a folder that are declarations only if `dependencies.from` names them. */
export const mayDeclare = (names: readonly string[]): readonly string[] =>
  names.filter((name) => MAY_DECLARE.test(name)).sort();

/** The files that these names stand for, relative to the folder. */
const unchosenIn = (folder: string, names: readonly string[]): readonly string[] =>
  names.flatMap((name) =>
    name.endsWith('.toml')
      ? name
      : namesIn(path.join(folder, name))
          .filter((inner) => inner.endsWith('.txt'))
          .sort()
          .map((inner) => `${name}/${inner}`),
  );

/**
 * The problem that an entry has no declaration beside it, but such files, and imports a module that nothing provides:
 * the bundle would lack it. A layer without a module of its own would have nothing to import. Commands may install such
 * files, so then there is no problem.
 *
 * @param needs gives the import that nothing provides; called only if there are such files
 */
export const unchosenProblem = (
  request: Pick<BundleRequest, 'dependencies' | 'hooks' | 'docker'>,
  {
    folder,
    names,
    root,
    own,
  }: {
    readonly folder: string;
    readonly names: readonly string[];
    readonly root: string;
    /** Files that go in. */
    readonly own: () => readonly SnapshotFile[];
  },
  { above, requirements, project, problems }: Omit<Declared, 'unused'>,
  needs: () => NeededImport | undefined,
): readonly PlanError[] => {
  const { from } = request.dependencies;
  const isBeside = above === undefined && (requirements !== null || project !== null || problems.length > 0);
  if (names.length === 0 || isBeside || isWhole(request)) return [];
  if (from !== undefined && from !== FROM_BESIDE) return [];
  const [first, ...others] = unchosenIn(folder, names);
  if (first === undefined) return [];
  const error = { _tag: 'DeclarationNotChosen', folder, found: [first, ...others] } as const;
  // An entry is a module, so this is a layer.
  if (!own().some((file) => MODULE.test(file.path))) return [error];
  const needed = needs();
  return needed === undefined
    ? []
    : [{ ...error, needed: { ...needed, file: path.join(root, needed.file) } }];
};
