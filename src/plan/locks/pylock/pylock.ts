import * as path from 'node:path';
import type { Either } from 'fp-ts/Either';
import { isLeft, isRight, left, right } from 'fp-ts/Either';
import { memoizeByObject } from '../../values/memoize-by-object';
import { byText } from '../../values/hash';
import type { MarkerTarget } from '../../packaging/requirement/evaluate-marker';
import { evaluateMarker } from '../../packaging/requirement/evaluate-marker';
import { checkedLock } from '../locked/checked-lock';
import { lockedFiles } from '../locked/locked-files';
import type { LockEnvironments } from '../locked/lock-environments';
import { environmentErrors } from '../locked/lock-environments';
import type { LockedPackage, LockQuestion, LockReader } from '../locked/locked-set';
import type { Marker } from '../../packaging/requirement/marker';
import { parseMarker } from '../../packaging/requirement/marker';
import { normalizeName } from '../../packaging/requirement/package-name';
import { relativePath } from '../../values/paths';
import type { PlanError } from '../../errors/plan-error';
import { PylockShape } from '../locked/lock-shapes';
import { ownLockOf } from '../locked/own-lock';
import { pylockSource } from './pylock-source';
import type { ProjectFile } from '../../model/source-snapshot';
import { pythonErrors } from '../../packaging/tags/requires-python';
import { parseToml } from '../../packaging/project/toml-file';
import { arrayHeaderLines, lineOfKey } from '../../packaging/project/toml-lines';
import { unknownGroups } from '../../packaging/project/unknown-groups-and-extras';
import type { TomlTable } from '../../values/toml-values';
import { asText, tomlText, tableAt, tablesAt, textAt, textsAt, valueAt } from '../../values/toml-values';

/** A `[[packages]]` of a lock. */
interface Entry {
  readonly name: string;
  readonly line: number;
  readonly marker: Marker | null;
  readonly table: TomlTable;
}

interface PylockFile {
  readonly table: TomlTable;
  readonly entries: readonly Entry[];
  readonly environments: LockEnvironments;
}

const namesAt = (table: TomlTable, key: string): readonly string[] => textsAt(table, key).map(normalizeName);

const markerOf = (text: string | undefined): Either<string, Marker | null> => {
  if (text === undefined) return right(null);
  const parsed = parseMarker(text);
  return isRight(parsed) ? parsed : left(`the marker ${JSON.stringify(text)} does not parse: ${parsed.left}`);
};

const readTable = (
  table: TomlTable,
  { file, text }: ProjectFile,
): Either<readonly PlanError[], PylockFile> => {
  const lines = arrayHeaderLines(text, 'packages');
  const problems: PlanError[] = [];
  const read = (marker: string | undefined, line: number): Marker | null => {
    const parsed = markerOf(marker);
    if (isRight(parsed)) return parsed.right;
    problems.push({ _tag: 'InvalidDeclaration', file, line, reason: parsed.left });
    return null;
  };
  const entries = tablesAt(table, 'packages').flatMap((found, index): readonly Entry[] => {
    const line = lines[index] ?? 1;
    const name = textAt(found, 'name');
    if (name !== undefined)
      return [{ name, line, marker: read(textAt(found, 'marker'), line), table: found }];
    problems.push({ _tag: 'InvalidDeclaration', file, line, reason: 'a package has no name' });
    return [];
  });
  const line = lineOfKey(text, ['environments']);
  const texts = textsAt(table, 'environments');
  const environments = {
    key: 'environments',
    texts,
    markers: texts.flatMap((each) => read(each, line) ?? []),
  };
  return problems.length > 0 ? left(problems) : right({ table, entries, environments });
};

const parsePylock = (source: ProjectFile): Either<readonly PlanError[], PylockFile> => {
  const parsed = parseToml(source);
  if (isLeft(parsed)) return left([parsed.left]);
  const version = valueAt(parsed.right, 'lock-version');
  const file = source.file;
  if (version === undefined)
    return left([{ _tag: 'InvalidDeclaration', file, line: 1, reason: 'it has no lock-version' }]);
  const checked = checkedLock(parsed.right, source, {
    keys: ['lock-version'],
    version: tomlText(version),
    isKnown: /^1(\.\d+)*$/.test(asText(version) ?? ''),
    known: 'version 1',
    command: 'uv export --format pylock.toml -o pylock.toml',
    shape: PylockShape,
  });
  return isLeft(checked) ? checked : readTable(checked.right, source);
};

const parsedOnce = memoizeByObject(parsePylock);

const unknownNames = (
  { table }: PylockFile,
  { source: { file }, groups, extras }: LockQuestion,
): readonly PlanError[] => [
  ...unknownGroups(file, 'group', groups, namesAt(table, 'dependency-groups')),
  ...unknownGroups(file, 'extra', extras, namesAt(table, 'extras')),
];

const pythonProblem = (
  table: TomlTable,
  line: number,
  { source, markers }: LockQuestion,
): readonly PlanError[] => {
  const requires = textAt(table, 'requires-python');
  return requires === undefined
    ? []
    : pythonErrors(source.file, { text: requires, line }, markers?.['python_version']);
};

/** Whether a package is the project itself: the bundle has its files already. */
const isProject = ({ table }: Entry, { source, manifest }: LockQuestion): boolean => {
  const folder = textAt(tableAt(table, 'directory'), 'path');
  const lockFolder = path.dirname(source.file);
  const own = manifest === null ? '.' : relativePath(lockFolder, path.dirname(manifest.file));
  return folder !== undefined && relativePath(lockFolder, path.resolve(lockFolder, folder)) === own;
};

/** The version in the name of a wheel, for a package without a version of its own. */
const versionInNames = (files: readonly string[] | null): string | null =>
  /^[^-]+-([^-]+)-.*\.whl$/.exec(files?.find((name) => name.endsWith('.whl')) ?? '')?.[1] ?? null;

const packageOf = ({ name, line, table }: Entry): Either<string, LockedPackage> => {
  const source = pylockSource(table);
  if (isLeft(source)) return left(`${name}: ${source.left}`);
  const files = lockedFiles(table);
  const version = textAt(table, 'version') ?? null;
  return source.right._tag === 'Index' && version === null && versionInNames(files.files) === null
    ? left(`${name}: it has no version`)
    : right({
        name,
        version: version ?? (source.right._tag === 'Index' ? versionInNames(files.files) : null),
        source: source.right,
        ...files,
        line,
      });
};

const byName = (first: Entry, second: Entry): number =>
  byText(normalizeName(first.name), normalizeName(second.name));

const targetOf = ({ table }: PylockFile, { markers, groups, extras }: LockQuestion): MarkerTarget => ({
  environment: markers,
  extras,
  groups: [...groups, ...namesAt(table, 'default-groups')],
});

const answer = (lock: PylockFile, question: LockQuestion): ReturnType<LockReader> => {
  const target = targetOf(lock, question);
  const file = question.source.file;
  const entries = lock.entries
    .filter((entry) => evaluateMarker(entry.marker, target) && !isProject(entry, question))
    .sort(byName);
  const invalid = ({ line }: Entry, reason: string): PlanError => ({
    _tag: 'InvalidDeclaration',
    file,
    line,
    reason,
  });
  const packages = entries.map((entry) => ({ entry, read: packageOf(entry) }));
  const isTwice = (entry: Entry, index: number): boolean =>
    question.markers !== null && index > 0 && byName(entry, entries[index - 1] ?? entry) === 0;
  const problems = [
    ...packages.flatMap(({ entry, read }) => (isLeft(read) ? [invalid(entry, read.left)] : [])),
    ...entries
      .filter(isTwice)
      .map((entry) => invalid(entry, `it has more than one ${entry.name} for the target`)),
    ...entries.flatMap(({ table, line }) => pythonProblem(table, line, question)),
  ];
  return problems.length > 0
    ? left(problems)
    : right({
        packages: packages.flatMap(({ read }) => (isRight(read) ? [read.right] : [])),
        requested: [...new Set(entries.map(({ name }) => normalizeName(name)))],
      });
};

/**
 * Reads a pylock.toml: the packages whose markers hold on the target, with the requested groups and extras and the
 * lock's default groups. The format does not say which packages the project itself requires, so all count as requested.
 *
 * @see PEP 751
 */
export const readPylock: LockReader = (question) => {
  const parsed = parsedOnce(question.source);
  if (isLeft(parsed)) return parsed;
  const lock = parsed.right;
  const { text } = question.source;
  const problems: readonly PlanError[] = [
    // In a lock of this library, groups and extras were chosen when it was made.
    ...(ownLockOf(lock.table) === undefined ? unknownNames(lock, question) : []),
    ...pythonProblem(lock.table, lineOfKey(text, ['requires-python']), question),
    ...environmentErrors(lock.environments, question),
  ];
  return problems.length > 0 ? left(problems) : answer(lock, question);
};
