import type { Either } from 'fp-ts/Either';
import { isLeft, left, right } from 'fp-ts/Either';
import { assembleLockedSet } from './assemble-locked-set';
import { isStale, manifestTable } from './lock-freshness';
import type { LockedSet, LockQuestion, LockReader } from './locked-set';
import { normalizeName } from '../packaging/package-name';
import type { PlanError } from '../plan-error';
import { constraintAllowsPython } from './poetry-constraint';
import { poetryContents } from './poetry-content';
import { poetryGroups, poetryRoots, withIncluded } from './poetry-manifest';
import { readPoetryPackage, toLockedPackage } from './poetry-package';
import { namesOfExtras, selectByGraph, selectByGroups } from './poetry-selection';
import { separate } from './separate';
import type { TomlTable } from '../packaging/toml-file';
import { asText, itemsAt, parseToml, tableAt, tablesAt, textAt, valueAt } from '../packaging/toml-file';
import { arrayHeaderLines, lineOfKey } from '../packaging/toml-lines';

const COMMAND = 'poetry lock';

/** A lock and its manifest, parsed. */
interface Read {
  readonly lock: TomlTable;
  readonly version: string;
  /** An empty one where none is there. */
  readonly manifest: TomlTable;
}

const read = ({ source, manifest }: LockQuestion): Either<readonly PlanError[], Read> => {
  const { errors, values } = separate([source, ...(manifest === null ? [] : [manifest])].map(parseToml));
  const [lock = {}, table = {}] = values;
  if (errors.length > 0) return left(errors);
  const version = textAt(lock, 'metadata', 'lock-version') ?? 'unknown';
  if (/^[12]\.\d+/.test(version)) return right({ lock, version, manifest: table });
  const known = 'the versions 1.0 to 2.1';
  return left([{ _tag: 'UnknownLockVersion', file: source.file, version, known, command: COMMAND }]);
};

const pythonErrors = ({ source, markers }: LockQuestion, { lock }: Read): readonly PlanError[] => {
  const requires = textAt(lock, 'metadata', 'python-versions');
  const python = markers?.['python_version'];
  if (requires === undefined || python === undefined || constraintAllowsPython(requires, python)) return [];
  const line = lineOfKey(source.text, ['metadata', 'python-versions']);
  return [{ _tag: 'PythonNotSupported', file: source.file, line, requires, python }];
};

const staleErrors = ({ source, manifest }: LockQuestion, { lock, version }: Read): readonly PlanError[] => {
  const table = manifest === null ? null : manifestTable(manifest.text);
  if (manifest === null || table === null) return [];
  const hash = valueAt(lock, 'metadata', 'content-hash');
  if (!isStale(hash, poetryContents(source.text, version, table))) return [];
  const reason = 'its content-hash is that of another one';
  return [{ _tag: 'LockOutdated', file: source.file, manifest: manifest.file, reason, command: COMMAND }];
};

const unknownNames = (
  { file }: LockQuestion['source'],
  kind: 'group' | 'extra',
  asked: readonly string[],
  all: readonly string[],
): readonly PlanError[] => {
  const known = [...new Set(all.map(normalizeName))].sort();
  return asked
    .filter((name) => !known.includes(normalizeName(name)))
    .map((name) => ({ _tag: 'UnknownGroup', file, kind, name, known }));
};

const nameErrors = (question: LockQuestion, { lock, manifest }: Read): readonly PlanError[] => {
  const locked = tablesAt(lock, 'package').flatMap((each) =>
    itemsAt(each, 'groups').flatMap((group) => asText(group) ?? []),
  );
  const groups = [...poetryGroups(manifest), ...locked].filter((group) => normalizeName(group) !== 'main');
  const asked = question.groups.filter((group) => normalizeName(group) !== 'main');
  return [
    ...unknownNames(question.source, 'group', asked, groups),
    ...unknownNames(question.source, 'extra', question.extras, Object.keys(tableAt(lock, 'extras') ?? {})),
  ];
};

const select = (
  question: LockQuestion,
  { lock, version, manifest }: Read,
): Either<readonly PlanError[], LockedSet> => {
  const { source, markers, groups, extras } = question;
  const invalid = (reason: string, line: number, file = source.file): PlanError => ({
    _tag: 'InvalidDeclaration',
    file,
    line,
    reason,
  });
  const lines = arrayHeaderLines(source.text, 'package');
  const packages = separate(
    tablesAt(lock, 'package').map((table, index) => {
      const line = lines[index] ?? 1;
      const result = readPoetryPackage(table, line);
      return isLeft(result) ? left(invalid(result.left, line)) : result;
    }),
  );
  if (packages.errors.length > 0) return left(packages.errors);
  const roots = separate(
    poetryRoots(manifest, groups, namesOfExtras(lock, extras), markers?.['python_full_version'] ?? null),
  );
  const target = { environment: markers, extras };
  const saysGroups = /^2\.[1-9]/.test(version);
  if (!saysGroups && question.manifest === null)
    return left([invalid('without a pyproject.toml beside it nothing says what is asked for', 1)]);
  // Of a lock that says itself what each package is for, the manifest is only read for names.
  if (!saysGroups && roots.errors.length > 0)
    return left(roots.errors.map((reason) => invalid(reason, 1, question.manifest?.file)));
  const selected = saysGroups
    ? selectByGroups(packages.values, withIncluded(manifest, ['main', ...groups]), target)
    : selectByGraph(packages.values, roots.values, target);
  if (isLeft(selected))
    return left(selected.left.map(({ at, reason }) => invalid(reason, at === null ? 1 : at.line)));
  const found = separate(
    selected.right.map((each) => {
      const result = toLockedPackage(each, lock);
      return isLeft(result) ? left(invalid(result.left, each.line)) : result;
    }),
  );
  const asked = roots.values.map(({ name }) => name);
  const set = assembleLockedSet(source, found.values, asked, markers !== null);
  const errors = [...found.errors, ...(isLeft(set) ? set.left : [])];
  return errors.length > 0 ? left(errors) : set;
};

/**
 * Reads poetry.lock, of Poetry 1 and 2.
 *
 * @see poetry, `packages/locker.py`
 */
export const readPoetryLock: LockReader = (question) => {
  const parsed = read(question);
  if (isLeft(parsed)) return parsed;
  const set = select(question, parsed.right);
  const unfit = [...pythonErrors(question, parsed.right), ...staleErrors(question, parsed.right)];
  const errors = [
    ...unfit,
    ...nameErrors(question, parsed.right),
    // A lock for another Python, or of another manifest, misses packages as well: that is said already.
    ...(isLeft(set) && unfit.length === 0 ? set.left : []),
  ];
  return errors.length > 0 ? left(errors) : set;
};
