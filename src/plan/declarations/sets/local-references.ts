import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import type { DependencyRequest } from '../../request/bundle-request';
import type { NamedLocal } from '../local-packages/followed-packages';
import { isLockKind, LOCK_READERS } from '../../locks/lock-readers';
import { readProject } from './read-project';
import type { ProjectDeclaration } from '../../model/source-snapshot';

/** A folder or an archive of this machine that a declaration names. */
export interface LocalReferenceAt {
  /** Absolute path. */
  readonly path: string;
  /** Absolute path of the file that names it. */
  readonly file: string;
  readonly line: number;
}

/**
 * The local packages that a declaration may install on any target: a survey reads it before the target is known. A
 * declaration that cannot be read gives none; the plan reports its errors.
 */
export const localReferences = (
  declaration: Omit<ProjectDeclaration, 'localPackages'>,
  dependencies: DependencyRequest,
): readonly LocalReferenceAt[] => {
  const { kind, source } = declaration;
  const home = path.dirname(source.file);
  const named = isLockKind(kind)
    ? lockedPaths({ ...declaration, kind }, dependencies)
    : projectPaths(declaration, dependencies);
  const found = named.map(({ path: local, line }) => ({
    path: path.resolve(home, local),
    file: source.file,
    line,
  }));
  return [...new Map(found.reverse().map((reference) => [reference.path, reference])).values()].reverse();
};

type Named = Pick<LocalReferenceAt, 'path' | 'line'>;

const lockedPaths = (
  {
    kind,
    source,
    manifest,
    root,
  }: Omit<ProjectDeclaration, 'localPackages' | 'kind'> & {
    readonly kind: keyof typeof LOCK_READERS;
  },
  { groups, extras }: DependencyRequest,
): readonly Named[] => {
  const set = LOCK_READERS[kind]({
    ...{ source, manifest, groups, extras, markers: null },
    ...(root === undefined ? {} : { root }),
  });
  return isLeft(set)
    ? []
    : set.right.packages.flatMap((locked) =>
        locked.source._tag === 'Local' ? { path: locked.source.path, line: locked.line } : [],
      );
};

const projectPaths = (
  declaration: Omit<ProjectDeclaration, 'localPackages'>,
  dependencies: DependencyRequest,
): readonly Named[] => {
  const project = readProject(declaration, dependencies);
  return isLeft(project) ? [] : project.right.locals;
};

/** The local packages of a declaration without a lock, whose sources are followed. A lock already lists those. */
export const projectLocals = (
  declaration: Omit<ProjectDeclaration, 'localPackages'>,
  dependencies: DependencyRequest,
): readonly NamedLocal[] => {
  if (isLockKind(declaration.kind)) return [];
  const project = readProject(declaration, dependencies);
  const home = path.dirname(declaration.source.file);
  return isLeft(project)
    ? []
    : project.right.locals.map((local) => ({ ...local, path: path.resolve(home, local.path) }));
};
