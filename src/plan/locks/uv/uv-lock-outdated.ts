import { isLeft, isRight } from 'fp-ts/Either';
import * as path from 'node:path';
import { outdated } from '../locked/lock-freshness';
import type { LockQuestion } from '../locked/locked-set';
import { withInherited } from '../../packaging/project/inherited-sources';
import { normalizeName } from '../../packaging/requirement/package-name';
import type { PlanError } from '../../errors/plan-error';
import { scriptBlocks } from '../../packaging/project/script-block';
import { lineOfKey } from '../../packaging/project/toml-lines';
import { parseToml } from '../../packaging/project/toml-file';
import type { Reading } from './uv-manifest-requirements';
import { declared, difference, locked } from './uv-manifest-requirements';
import { BASE, differenceOfGroups, differenceOfProject, keepsGroups, metadataOf } from './uv-lock-difference';
import type { UvNode } from './uv-lock-file';
import { localFolder } from './uv-source';
import type { ProjectFile } from '../../model/source-snapshot';
import type { TomlTable } from '../../values/toml-values';
import { itemsAt, tableAt, tablesAt, textAt, textsAt } from '../../values/toml-values';

type Question = Pick<LockQuestion, 'source' | 'manifest' | 'markers' | 'root' | 'localPackages'>;

/** The folders of the packages of this machine that a lock has, by their normalized names. */
const membersOf = (lock: TomlTable): ReadonlyMap<string, string> =>
  new Map(
    tablesAt(lock, 'package').flatMap((each) => {
      const folder = localFolder(tableAt(each, 'source') ?? {});
      return folder === undefined ? [] : [[normalizeName(textAt(each, 'name') ?? ''), folder] as const];
    }),
  );

const SWITCHES = ['no-sources', 'no-sources-package'];

const tableOf = (file: ProjectFile): TomlTable => {
  const parsed = parseToml(file);
  return isRight(parsed) ? parsed.right : {};
};

/**
 * The manifest with what the root of its workspace says of sources, and the root: uv takes the switches from the root of the lock alone.
 *
 * @param workspace the root of the workspace that the manifest is in
 */
const withRoot = (
  manifest: TomlTable,
  file: string,
  root: Question['root'],
  workspace: Question['root'],
): readonly TomlTable[] => {
  if (root === undefined || root.file === file) return [manifest];
  const above = tableOf(root);
  const inherited = withInherited(manifest, file, workspace);
  const entriesOf = (table: TomlTable, isMeant: (key: string) => boolean) =>
    Object.entries(tableAt(table, 'tool', 'uv') ?? {}).filter(([key]) => isMeant(key));
  const uv = Object.fromEntries([
    ...entriesOf(inherited, (key) => !SWITCHES.includes(key)),
    ...entriesOf(above, (key) => SWITCHES.includes(key)),
  ]);
  const whole = { ...inherited, tool: { ...tableAt(inherited, 'tool'), uv } };
  return workspace === undefined
    ? [whole]
    : [whole, workspace.file === root.file ? above : tableOf(workspace)];
};

const readingOf = (
  lock: TomlTable,
  tables: readonly TomlTable[],
  file: string,
  { source, markers }: Question,
) => ({
  lockFolder: path.dirname(source.file),
  folder: path.dirname(file),
  tables,
  members: membersOf(lock),
  environment: markers,
  withMarkers: markers !== null,
});

/** That the manifest asks for something else than it did when the lock was made. */
export const uvLockOutdated = (
  lock: TomlTable,
  project: UvNode,
  question: Question,
): readonly PlanError[] => {
  const { source, manifest, root } = question;
  if (manifest === null) return [];
  const parsed = parseToml(manifest);
  if (isLeft(parsed)) return [parsed.left];
  const metadata = metadataOf(project);
  if (metadata === undefined) return [];
  const tables = withRoot(parsed.right, manifest.file, root, root);
  const [table = parsed.right] = tables;
  const reading = readingOf(lock, tables, manifest.file, question);
  const reason =
    differenceOfProject(table, metadata, reading) ??
    (keepsGroups(project)
      ? differenceOfGroups(table, tableAt(metadata, 'requires-dev') ?? {}, reading)
      : undefined);
  return reason === undefined ? [] : [outdated(source, manifest, reason, 'uv lock')];
};

/** The same of the groups of a root that is no project. */
export const uvRootOutdated = (lock: TomlTable, question: Question): readonly PlanError[] => {
  const { source, manifest } = question;
  if (manifest === null || path.dirname(manifest.file) !== path.dirname(source.file)) return [];
  const parsed = parseToml(manifest);
  if (isLeft(parsed)) return [parsed.left];
  const groups = tableAt(lock, 'manifest', 'dependency-groups') ?? {};
  const reading = readingOf(lock, [parsed.right], manifest.file, question);
  const reason = differenceOfGroups(parsed.right, groups, reading);
  return reason === undefined ? [] : [outdated(source, manifest, reason, 'uv lock')];
};

/** The same of a script's own metadata and its lock (`uv lock --script`). */
export const uvScriptLockOutdated = (lock: TomlTable, question: Question): readonly PlanError[] => {
  const { source, manifest } = question;
  const [block] = manifest === null ? [] : scriptBlocks(manifest.text, 'script');
  if (manifest === null || block === undefined) return [];
  const parsed = parseToml({ file: manifest.file, text: block.text });
  if (isLeft(parsed)) return [];
  const reading = readingOf(lock, [parsed.right], manifest.file, question);
  const texts = textsAt(parsed.right, 'dependencies').map((text) => ({ text }));
  const asked = declared(parsed.right, texts, BASE, reading);
  const then = locked(tablesAt(lock, 'manifest', 'requirements'), [], reading);
  const reason = asked && difference(asked, then, '');
  const command = commandOf(question);
  return reason === undefined
    ? []
    : [
        {
          _tag: 'LockOutdated',
          file: source.file,
          manifest: manifest.file,
          line: block.line + lineOfKey(block.text, ['dependencies']),
          reason,
          command,
        },
      ];
};

/** The root of the lock: that of the workspace, else the one project, or the block of a script. */
const rootOf = ({ root, manifest }: Question): ProjectFile | undefined => {
  const [block] = manifest === null ? [] : scriptBlocks(manifest.text, 'script');
  if (root !== undefined || manifest === null) return root;
  return block === undefined ? manifest : { file: manifest.file, text: block.text };
};

const commandOf = ({ manifest }: Question): string =>
  manifest !== null && scriptBlocks(manifest.text, 'script').length > 0
    ? `uv lock --script ${manifest.file}`
    : 'uv lock';

/**
 * The same of the other packages of this machine that a set has, such as members of the workspace. Their groups are not compared:
 * nothing installs them.
 */
export const uvPackagesOutdated = (
  lock: TomlTable,
  nodes: readonly UvNode[],
  question: Question,
): readonly PlanError[] => {
  const { source, localPackages = [] } = question;
  const packages = new Map(localPackages.map((each) => [each.path, each]));
  const overridden = new Set(
    tablesAt(lock, 'manifest', 'dependency-metadata').map((each) =>
      normalizeName(textAt(each, 'name') ?? ''),
    ),
  );
  // The first versions of uv kept the metadata of no package.
  if (!tablesAt(lock, 'package').some((each) => tableAt(each, 'metadata') !== undefined)) return [];
  return nodes.flatMap((node) => {
    const folder = localFolder(tableAt(node.value.table, 'source') ?? {});
    const local =
      folder === undefined ? undefined : packages.get(path.resolve(path.dirname(source.file), folder));
    const metadata = metadataOf(node);
    if (local?.pyproject === undefined || metadata === undefined || overridden.has(normalizeName(node.name)))
      return [];
    const manifest = { file: path.join(local.path, 'pyproject.toml'), text: local.pyproject };
    const table = tableOf(manifest);
    // Another name is another package: the lock says of it what its own file said.
    if (normalizeName(textAt(table, 'project', 'name') ?? '') !== normalizeName(node.name)) return [];
    const tables = withRoot(table, manifest.file, rootOf(question), local.workspace?.root);
    const [whole = table] = tables;
    const reason = differenceOfProject(whole, metadata, readingOf(lock, tables, manifest.file, question));
    return reason === undefined ? [] : [outdated(source, manifest, reason, commandOf(question))];
  });
};

/** The lists of `[tool.uv]` that decide versions, as a lock has them under `[manifest]`. */
const LISTS = [
  ['constraint-dependencies', 'constraints'],
  ['override-dependencies', 'overrides'],
  ['build-constraint-dependencies', 'build-constraints'],
] as const;

/** uv takes a lock for current where a list changes for packages that the lock does not have. */
const differenceOfLists = (settings: TomlTable, lock: TomlTable, reading: Reading): string | undefined => {
  const names = new Set(tablesAt(lock, 'package').map((each) => normalizeName(textAt(each, 'name') ?? '')));
  const isLocked = ({ name }: { readonly name: string }): boolean => names.has(name);
  for (const [key, kept] of LISTS) {
    const texts = textsAt(settings, 'tool', 'uv', key);
    // Newer versions of uv allow tables. What they mean to the lock is not compared.
    if (texts.length < itemsAt(settings, 'tool', 'uv', key).length) continue;
    const asked = declared(
      settings,
      texts.map((text) => ({ text })),
      BASE,
      reading,
    )?.filter(isLocked);
    const then = locked(tablesAt(lock, 'manifest', kept), [], reading).filter(isLocked);
    const found = asked && difference(asked, then, ` in ${key}`);
    if (found !== undefined) return found;
  }
  const excluded = textsAt(settings, 'tool', 'uv', 'exclude-dependencies').map(normalizeName);
  const [added] = excluded.filter((name) => names.has(name));
  const gone = textsAt(lock, 'manifest', 'excludes').find((name) => !excluded.includes(normalizeName(name)));
  if (added !== undefined) return `it was made with ${added}, which exclude-dependencies names`;
  return gone === undefined ? undefined : `it was made without ${gone}, as exclude-dependencies named it`;
};

/** That `[tool.uv]` of the lock's root constrains, overrides or excludes other requirements than when the lock was made. */
export const uvSettingsOutdated = (lock: TomlTable, question: Question): readonly PlanError[] => {
  const { source } = question;
  const file = rootOf(question);
  if (
    file === undefined ||
    path.dirname(file.file) !== path.dirname(source.file) ||
    !file.file.endsWith('.toml')
  )
    return [];
  const settings = tableOf(file);
  const reason = differenceOfLists(settings, lock, readingOf(lock, [settings], file.file, question));
  return reason === undefined ? [] : [outdated(source, file, reason, 'uv lock')];
};
