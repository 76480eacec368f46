import type { Either } from 'fp-ts/Either';
import { isLeft, left, right } from 'fp-ts/Either';
import { checkedLock } from '../locked/checked-lock';
import { isStale, manifestTable, outdated } from '../locked/lock-freshness';
import { invalidAt, lockedSetOf, NO_MANIFEST, readPackages } from '../locked/lock-packages';
import type { LockedSet, LockQuestion, LockReader } from '../locked/locked-set';
import { isForMember } from '../locked/member-lock';
import { normalizeName } from '../../packaging/requirement/package-name';
import type { PlanError } from '../../errors/plan-error';
import { constraintAllowsPython } from './poetry-constraint';
import { poetryContents } from './poetry-content';
import { poetryGroups, poetryRoots, withIncluded } from './poetry-manifest';
import { readPoetryPackage, lockedPoetryPackage } from './poetry-package';
import { namesOfExtras, selectByGraph, selectByGroups } from './poetry-selection';
import { PoetryShape } from '../locked/lock-shapes';
import { partitionResults } from '../locked/partition-results';
import { parseToml } from '../../packaging/project/toml-file';
import { lineOfKey } from '../../packaging/project/toml-lines';
import { unknownGroups } from '../../packaging/project/unknown-groups-and-extras';
import type { TomlTable } from '../../values/toml-values';
import { tableAt, tablesAt, textAt, textsAt, valueAt } from '../../values/toml-values';

const COMMAND = 'poetry lock';

/** A lock and its manifest, parsed. */
interface Read {
  readonly lock: TomlTable;
  readonly version: string;
  /** Empty if there is no manifest. */
  readonly manifest: TomlTable;
}

const read = ({ source, manifest }: LockQuestion): Either<readonly PlanError[], Read> => {
  const { errors, values } = partitionResults(
    [source, ...(manifest === null ? [] : [manifest])].map(parseToml),
  );
  const [lock = {}, table = {}] = values;
  if (errors.length > 0) return left(errors);
  const version = textAt(lock, 'metadata', 'lock-version') ?? 'unknown';
  const checked = checkedLock(lock, source, {
    keys: ['metadata', 'lock-version'],
    version,
    isKnown: /^[12]\.\d+/.test(version),
    known: 'the versions 1.0 to 2.1',
    command: COMMAND,
    shape: PoetryShape,
  });
  return isLeft(checked) ? checked : right({ lock, version, manifest: table });
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
  if (manifest === null || table === null || isForMember({ source, manifest })) return [];
  const hash = valueAt(lock, 'metadata', 'content-hash');
  if (!isStale(hash, poetryContents(source.text, version, table))) return [];
  const reason = 'its content-hash is that of another manifest';
  return [outdated(source, manifest, reason, COMMAND)];
};

const nameErrors = (question: LockQuestion, { lock, manifest }: Read): readonly PlanError[] => {
  const locked = tablesAt(lock, 'package').flatMap((each) => textsAt(each, 'groups'));
  const groups = [...poetryGroups(manifest), ...locked].filter((group) => normalizeName(group) !== 'main');
  const asked = question.groups.filter((group) => normalizeName(group) !== 'main');
  return [
    ...unknownGroups(question.source.file, 'group', asked, groups),
    ...unknownGroups(
      question.source.file,
      'extra',
      question.extras,
      Object.keys(tableAt(lock, 'extras') ?? {}),
    ),
  ];
};

const select = (
  question: LockQuestion,
  { lock, version, manifest }: Read,
): Either<readonly PlanError[], LockedSet> => {
  const { source, markers, groups, extras } = question;
  const packages = readPackages(source, lock, readPoetryPackage);
  if (isLeft(packages)) return packages;
  const roots = partitionResults(
    poetryRoots(manifest, groups, namesOfExtras(lock, extras), markers?.['python_full_version'] ?? null),
  );
  const target = { environment: markers, extras };
  const saysGroups = /^2\.[1-9]/.test(version) && !isForMember(question);
  if (!saysGroups && question.manifest === null) return left([invalidAt(source.file, 1, NO_MANIFEST)]);
  // A lock with groups does not need the roots of the manifest, only their names.
  if (!saysGroups && roots.errors.length > 0) {
    const file = question.manifest?.file ?? source.file;
    return left(roots.errors.map((reason) => invalidAt(file, 1, reason)));
  }
  const selected = saysGroups
    ? selectByGroups(packages.right, withIncluded(manifest, ['main', ...groups]), target)
    : selectByGraph(packages.right, roots.values, target);
  const asked = roots.values.map(({ name }) => name);
  return lockedSetOf(question, selected, (each) => lockedPoetryPackage(each, lock), asked);
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
    // In a lock for another Python, or of another manifest, packages are missing as well. The first error is enough.
    ...(isLeft(set) && unfit.length === 0 ? set.left : []),
  ];
  return errors.length > 0 ? left(errors) : set;
};
