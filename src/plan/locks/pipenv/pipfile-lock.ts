import type { Either } from 'fp-ts/Either';
import { isLeft, left, right } from 'fp-ts/Either';
import { assembleLockedSet } from '../locked/assemble-locked-set';
import { jsonKeyLines, parseJson } from '../../packaging/project/json-file';
import { isStale, manifestTable, outdated } from '../locked/lock-freshness';
import type { LockedPackage, LockQuestion, LockReader } from '../locked/locked-set';
import { pipfileContents } from './pipfile-content';
import type { PipfileEntry } from './pipfile-entry';
import { readPipfileEntry } from './pipfile-entry';
import type { PlanError } from '../../errors/plan-error';
import { PipfileMetaShape, PipfileSectionShape } from '../locked/lock-shapes';
import { partitionResults } from '../locked/partition-results';
import { jsonShapeErrors } from '../locked/shape-errors';
import type { TomlTable } from '../../values/toml-values';
import { asTable, tableAt, tablesAt, textAt, valueAt } from '../../values/toml-values';

const COMMAND = 'pipenv lock';

/** The section of a lock for a group. `dev` and `dev-packages` have the same section. */
const sectionOf = (group: string): string =>
  group === 'dev' || group === 'dev-packages' ? 'develop' : group === 'packages' ? 'default' : group;

/** The part of a Pipfile for a section. */
const partOf = (section: string): string =>
  section === 'default' ? 'packages' : section === 'develop' ? 'dev-packages' : section;

/** Whether the Python of the Pipfile, usually a minor version, differs from the target's. Other texts are no error. */
const isOtherPython = (requires: string, python: string): boolean => {
  const numbers = python.split('.');
  return requires
    .split('.')
    .slice(0, 2)
    .some((part, index) => /^\d+$/.test(part) && part !== numbers[index]);
};

const pythonErrors = (
  { source: { file, text }, markers }: LockQuestion,
  lock: TomlTable,
): readonly PlanError[] => {
  const key = ['python_full_version', 'python_version'].find((each) =>
    textAt(lock, '_meta', 'requires', each),
  );
  const requires = key === undefined ? undefined : textAt(lock, '_meta', 'requires', key);
  const python = markers?.['python_version'];
  if (key === undefined || requires === undefined || python === undefined) return [];
  if (!isOtherPython(requires, python)) return [];
  const line = jsonKeyLines(text)('_meta', 'requires', key);
  return [{ _tag: 'PythonNotSupported', file, line, requires, python }];
};

const staleErrors = ({ source, manifest }: LockQuestion, lock: TomlTable): readonly PlanError[] => {
  const pipfile = manifest === null ? null : manifestTable(manifest.text);
  if (manifest === null || pipfile === null) return [];
  const hash = valueAt(lock, '_meta', 'hash', 'sha256');
  if (!isStale(hash, pipfileContents(pipfile), 'compact')) return [];
  const reason = 'its hash is that of another Pipfile';
  return [outdated(source, manifest, reason, COMMAND)];
};

const groupErrors = (
  { source: { file }, groups, extras }: LockQuestion,
  lock: TomlTable,
): readonly PlanError[] => {
  const known = Object.keys(lock).filter((key) => key !== '_meta' && key !== 'default');
  const unknown = groups.filter(
    (group) => tableAt(lock, sectionOf(group)) === undefined || group === '_meta',
  );
  return [
    ...unknown.map((name): PlanError => ({ _tag: 'UnknownGroup', file, kind: 'group', name, known })),
    ...extras.map((name): PlanError => ({ _tag: 'UnknownGroup', file, kind: 'extra', name, known: [] })),
  ];
};

const entriesOf = (text: string, lock: TomlTable, sections: readonly string[]): readonly PipfileEntry[] => {
  const lineOf = jsonKeyLines(text);
  return sections.flatMap((section) =>
    Object.entries(tableAt(lock, section) ?? {}).map(([name, value]) => ({
      name,
      value: asTable(value) ?? {},
      line: lineOf(section, name),
    })),
  );
};

const lockOf = ({ source }: LockQuestion): Either<readonly PlanError[], TomlTable> => {
  const json = parseJson(source);
  if (isLeft(json)) return left([json.left]);
  const lock = asTable(json.right) ?? {};
  const version = valueAt(lock, '_meta', 'pipfile-spec');
  if (version === 6) {
    const odd = Object.entries(lock).flatMap(([section, value]) =>
      jsonShapeErrors(section === '_meta' ? PipfileMetaShape : PipfileSectionShape, value, source, [section]),
    );
    return odd.length > 0 ? left(odd) : right(lock);
  }
  return left([
    {
      _tag: 'UnknownLockVersion',
      file: source.file,
      line: jsonKeyLines(source.text)('_meta', 'pipfile-spec'),
      version: typeof version === 'number' ? `pipfile-spec ${version}` : 'no pipfile-spec',
      known: 'pipfile-spec 6',
      command: COMMAND,
    },
  ]);
};

/**
 * Reads Pipfile.lock.
 *
 * @see https://github.com/pypa/pipfile, https://pipenv.pypa.io
 */
export const readPipfileLock: LockReader = (question) => {
  const { source, manifest, markers, groups } = question;
  const read = lockOf(question);
  if (isLeft(read)) return read;
  const lock = read.right;
  const sections = [...new Set(['default', ...groups.map(sectionOf)])].filter((each) => each !== '_meta');
  const pipfile = manifest === null ? null : manifestTable(manifest.text);
  const context = {
    file: source.file,
    markers,
    sources: tablesAt(lock, '_meta', 'sources'),
    searchesAll: valueAt(pipfile, 'pipenv', 'install_search_all_sources') === true,
  };
  const { errors, values } = partitionResults(
    entriesOf(source.text, lock, sections).map((entry) => readPipfileEntry(entry, context)),
  );
  const requested = sections.flatMap((section) => Object.keys(tableAt(pipfile, partOf(section)) ?? {}));
  const packages = values.filter((each): each is LockedPackage => each !== null);
  const set = assembleLockedSet(source, packages, requested, markers !== null);
  const all = [
    ...pythonErrors(question, lock),
    ...staleErrors(question, lock),
    ...groupErrors(question, lock),
    ...errors,
    ...(isLeft(set) ? set.left : []),
  ];
  return all.length > 0 ? left(all) : set;
};
