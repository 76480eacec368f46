import type { Either } from 'fp-ts/Either';
import { left, right } from 'fp-ts/Either';
import type { LockQuestion } from '../locked/locked-set';
import { normalizeName } from '../../packaging/requirement/package-name';
import type { PlanError } from '../../errors/plan-error';
import { conflictName } from './uv-conflicts';
import type { UvEdge, UvLockFile, UvNode } from './uv-lock-file';
import { unknownGroups } from '../../packaging/project/unknown-groups-and-extras';
import { tableAt, textsAt } from '../../values/toml-values';

/** The roots of a lock's graph. */
export interface UvRoots {
  readonly edges: readonly UvEdge[];
  /** The requested extras and groups, as uv writes them in markers of conflicts. */
  readonly active: readonly string[];
}

const namesOf = (table: ReturnType<typeof tableAt>): readonly string[] =>
  Object.keys(table ?? {}).map(normalizeName);

/** The groups of a package. Groups without dependencies are only in its metadata. */
const knownGroups = ({ value: { table } }: UvNode): readonly string[] => [
  ...namesOf(tableAt(table, 'dev-dependencies')),
  ...namesOf(tableAt(table, 'metadata', 'requires-dev')),
];

const knownExtras = ({ value: { table } }: UvNode): readonly string[] => [
  ...namesOf(tableAt(table, 'optional-dependencies')),
  ...textsAt(table, 'metadata', 'provides-extras').map(normalizeName),
];

/** The groups of a root without a project, for a message. */
const groupsHint = (rootGroups: UvLockFile['rootGroups']): string =>
  rootGroups.size === 0
    ? ''
    : `, only groups: name one in \`dependencies.groups\` (${[...rootGroups.keys()].sort().join(', ')})`;

/** The roots for a workspace root that is not a project: it has only groups. */
const virtualRoots = (
  rootGroups: UvLockFile['rootGroups'],
  file: string,
  { groups, extras }: Pick<LockQuestion, 'groups' | 'extras'>,
): Either<readonly PlanError[], UvRoots> => {
  const problems = [
    ...unknownGroups(file, 'group', groups, [...rootGroups.keys()]),
    ...unknownGroups(file, 'extra', extras, []),
  ];
  const edges = groups.flatMap((group) => rootGroups.get(normalizeName(group)) ?? []);
  return problems.length > 0 ? left(problems) : right({ edges, active: [] });
};

/** The roots for a project with the requested groups and extras, or for a script. */
export const uvRoots = (
  { groups, rootGroups, scriptRoots }: UvLockFile,
  project: UvNode | undefined,
  { source, manifest, groups: askedGroups, extras: askedExtras }: LockQuestion,
): Either<readonly PlanError[], UvRoots> => {
  const file = source.file;
  if (project === undefined && rootGroups.size > 0 && askedGroups.length + askedExtras.length > 0)
    return virtualRoots(rootGroups, file, { groups: askedGroups, extras: askedExtras });
  if (project === undefined && scriptRoots === null)
    return left([
      {
        _tag: 'InvalidDeclaration',
        file,
        line: 1,
        reason: `it has no package in the folder of ${manifest?.file ?? 'the lock itself'}${groupsHint(rootGroups)}`,
      },
    ]);
  const problems = [
    ...unknownGroups(file, 'group', askedGroups, project === undefined ? [] : knownGroups(project)),
    ...unknownGroups(file, 'extra', askedExtras, project === undefined ? [] : knownExtras(project)),
  ];
  if (problems.length > 0) return left(problems);
  if (project === undefined) return right({ edges: scriptRoots ?? [], active: [] });
  const extras = askedExtras.map(normalizeName);
  const wanted = askedGroups.map(normalizeName);
  return right({
    edges: [
      ...project.dependencies,
      ...extras.flatMap((extra) => project.optional.get(extra) ?? []),
      ...wanted.flatMap((group) => groups.get(project)?.get(group) ?? []),
    ],
    active: [
      conflictName('project', project.name),
      ...extras.map((extra) => conflictName('extra', project.name, extra)),
      ...wanted.map((group) => conflictName('group', project.name, group)),
    ],
  });
};
