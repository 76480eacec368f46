import type { Either } from 'fp-ts/Either';
import { isLeft, left, right } from 'fp-ts/Either';
import type { DependencyRequest } from '../../request/bundle-request';
import type { DeclaredDependencies } from '../../packaging/project/declared-dependencies';
import { parseToml } from '../../packaging/project/toml-file';
import { lineOfKey } from '../../packaging/project/toml-lines';
import { pythonErrors } from '../../packaging/tags/requires-python';
import type { PlanError } from '../../errors/plan-error';
import { isLockKind } from '../../locks/lock-readers';
import type { ProjectDeclaration } from '../../model/source-snapshot';
import { namesIndex } from '../local-packages/followed-errors';
import { coversSources } from '../local-packages/followed-packages';
import type { Markers } from '../lines/marker-holds';
import { markerHolds } from '../lines/marker-holds';
import type { RequirementSet } from './requirement-set';
import { groupPython } from '../uv-settings/conflicts';
import { indexedRequirements } from '../uv-settings/indexed-requirements';
import type { ToolUvFile } from '../uv-settings/read-uv-settings';
import { lineOfSetting } from '../uv-settings/read-uv-settings';
import { toolUvFile } from '../uv-settings/tool-uv-file';
import type { UvSettings } from '../../model/uv-settings';
import { uvSettingsOf } from '../uv-settings/uv-settings-of';
import { textsAt } from '../../values/toml-values';

/** Reports a target that is not among the environments of a project. */
const environmentErrors = (source: ToolUvFile, markers: Markers): readonly PlanError[] => {
  const environments = textsAt(source.table, 'tool', 'uv', 'environments');
  return environments.length === 0 || environments.some((marker) => markerHolds(marker, markers))
    ? []
    : [
        {
          _tag: 'NotInEnvironments',
          file: source.file,
          line: lineOfSetting(source, 'environments'),
          environments,
        },
      ];
};

/** Reports a group that is for other Python versions (`[tool.uv.dependency-groups]`). */
const groupErrors = (
  { source }: Pick<ProjectDeclaration, 'source'>,
  groups: readonly string[],
  markers: Markers,
): readonly PlanError[] => {
  const table = groups.length === 0 ? undefined : parseToml(source);
  if (table === undefined || isLeft(table)) return [];
  return groups.flatMap((group) => {
    const text = groupPython(table.right, group);
    const line = lineOfKey(source.text, ['tool', 'uv', 'dependency-groups', group]);
    return text === undefined ? [] : pythonErrors(source.file, { text, line }, markers?.['python_version']);
  });
};

/** The `[tool.uv]` settings for an install without a lock, and errors for those that cannot be followed. */
export const unlockedSettings = (
  declaration: ProjectDeclaration,
  { indexed: declared }: Pick<DeclaredDependencies, 'indexed'>,
  dependencies: DependencyRequest,
  markers: Markers,
): { readonly uv: UvSettings | undefined; readonly problems: readonly PlanError[] } => {
  const { file } = declaration.source;
  const tool = toolUvFile(declaration);
  // An own index of a requirement does not count if options name indexes, or if uv gets `--no-sources` because of local
  // packages.
  const isNamed = namesIndex(dependencies);
  const leavesSources = coversSources(declaration.localPackages);
  const found =
    isNamed || leavesSources
      ? { indexed: [], problems: [] }
      : indexedRequirements(tool, file, declared, markers);
  const settings =
    tool === undefined
      ? { uv: undefined, problems: [] }
      : uvSettingsOf(tool, 'all', dependencies, found.indexed);
  return {
    uv: settings.uv,
    problems: [
      ...settings.problems,
      ...found.problems,
      ...(leavesSources && !isNamed
        ? declared.map(({ name, index, line }): PlanError => ({
            _tag: 'IndexNotFollowed',
            file,
            name,
            index,
            line,
          }))
        : []),
      ...(tool === undefined ? [] : environmentErrors(tool, markers)),
      ...(declaration.kind === 'pyproject' ? groupErrors(declaration, dependencies.groups, markers) : []),
    ],
  };
};

/** Adds the build settings of `[tool.uv]` to a locked set, if it may have builds. */
export const withBuildSettings = (
  declaration: ProjectDeclaration,
  dependencies: DependencyRequest,
  set: Either<readonly PlanError[], RequirementSet | null>,
): Either<readonly PlanError[], RequirementSet | null> => {
  if (isLeft(set) || set.right?.mayBuild !== true || !isLockKind(declaration.kind)) return set;
  const tool = toolUvFile(declaration);
  if (tool === undefined) return set;
  const { uv, problems } = uvSettingsOf(tool, 'build', dependencies);
  if (problems.length > 0) return left(problems);
  return uv === undefined ? set : right({ ...set.right, uv });
};
