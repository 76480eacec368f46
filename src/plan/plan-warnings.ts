import * as path from 'node:path';
import type { BundleRequest } from './request/bundle-request';
import type { PlanWarning } from './errors/plan-warning';
import type { EntryPlacement } from './sources/handler';
import { handlerModule } from './imports/handler-module';
import { plainlyDefines } from './python-source/plain-definition';
import { readDefinitions } from './python-source/python-definitions';
import type { RequirementSet } from './declarations/sets/requirement-set';
import type { RuntimeChoice } from './runtime/runtime-choice';
import { retiredSince } from './target/runtime-lifecycle';
import type { SnapshotEntry, SourceSnapshot } from './model/source-snapshot';

/** The facts for warnings. */
interface WarningSubject extends RuntimeChoice, Pick<BundleRequest, 'assetHashType'> {
  /** The requested runtime. */
  readonly asked: BundleRequest['runtime'];
  /** The requested handler; null for a layer. */
  readonly handler: string | null;
  /** The place of the entry in the bundle; null for a layer. */
  readonly placement: Pick<EntryPlacement, 'module'> | null;
  readonly entry: SnapshotEntry;
  /** Absolute path of the entry. */
  readonly file: string;
  /** The requirement set; null if nothing is installed. */
  readonly requirements: RequirementSet | null;
}

/** Warnings for the user about a plan without errors. */
export const planWarnings = (
  {
    requirements,
    project,
    unused,
    computedImport,
  }: Pick<SourceSnapshot, 'requirements' | 'project' | 'unused' | 'computedImport'>,
  {
    asked,
    source,
    runtime,
    handler,
    placement,
    entry,
    file,
    requirements: installs,
    assetHashType,
  }: WarningSubject,
): readonly PlanWarning[] => [
  ...(source === 'default'
    ? [
        {
          _tag: 'DefaultRuntime',
          runtime: runtime.name,
          ...(asked.isUndefined === true ? { isUndefined: true as const } : {}),
        } as const,
      ]
    : []),
  ...retired(source, runtime),
  ...(handler === null ? [] : handlerWarnings(entry.source, handler, file, placement?.module)),
  ...(computedImport === undefined ? [] : [computedImport]),
  ...(installs?.warnings ?? []),
  ...(installs === null ? [] : climbingBuilds([requirements, project])),
  ...unused
    .filter((other) => !isInstalled(other, requirements, project))
    .map((other): PlanWarning => ({
      _tag: 'DeclarationNotUsed',
      used: requirements?.texts[0].file ?? project?.source.file ?? '',
      unused: other,
    })),
  ...(assetHashType === 'output' ? [{ _tag: 'OutputHash' } as const] : []),
];

/**
 * Whether a file is the pyproject.toml of an installed local package (`-e .`), whose dependencies are installed too.
 */
const isInstalled = (
  file: string,
  requirements: SourceSnapshot['requirements'],
  project: SourceSnapshot['project'],
): boolean =>
  path.basename(file) === 'pyproject.toml' &&
  [requirements, project].some((used) =>
    used?.localPackages.some((local) => local.kind === 'folder' && local.path === path.dirname(file)),
  );

/** Warns of local packages whose builds may read files outside of their copies. */
const climbingBuilds = (
  declared: readonly [SourceSnapshot['requirements'], SourceSnapshot['project']],
): readonly PlanWarning[] =>
  declared.flatMap((used) =>
    (used?.localPackages ?? []).flatMap(({ path: folder, climbing }) =>
      climbing === undefined ? [] : { _tag: 'BuildReadsAbove' as const, package: folder, script: climbing },
    ),
  );

/** Warns of a retired runtime that no option names. CDK warns of one that the app chose. */
const retired = (
  source: RuntimeChoice['source'],
  runtime: RuntimeChoice['runtime'],
): readonly PlanWarning[] => {
  const since = retiredSince(runtime);
  return since !== undefined && (source === '.python-version' || source === 'requires-python')
    ? [{ _tag: 'RetiredRuntime', runtime: runtime.name, since, source }]
    : [];
};

const handlerWarnings = (
  source: string,
  handler: string,
  entry: string,
  module: string | undefined,
): readonly PlanWarning[] => {
  const name = nameInEntry(handler, module);
  if (name === undefined || plainlyDefines(source, name)) return [];
  const { functions, names, open } = readDefinitions(source);
  return open || names.has(name) ? [] : [{ _tag: 'HandlerNotDefined', handler, entry, functions }];
};

/** The name that a handler has in the entry. A full handler may name another module, from a requirement or a layer. */
const nameInEntry = (handler: string, module: string | undefined): string | undefined => {
  if (!handler.includes('.')) return handler;
  // Python imports a package from its `__init__.py`.
  return handlerModule(handler)?.module === module?.replace(/\.__init__$/, '')
    ? handler.slice(handler.lastIndexOf('.') + 1)
    : undefined;
};
