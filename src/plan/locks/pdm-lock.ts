import type { Either } from 'fp-ts/Either';
import { isLeft, left, right } from 'fp-ts/Either';
import { assembleLockedSet } from './assemble-locked-set';
import { isStale, manifestTable } from './lock-freshness';
import type { LockedSet, LockQuestion, LockReader } from './locked-set';
import { normalizeName } from '../packaging/package-name';
import { pdmContents } from './pdm-content';
import { pdmIndex, pdmRequirements } from './pdm-manifest';
import { readPdmPackage, toLockedPackage } from './pdm-package';
import { selectPdmGraph, selectPdmGroups } from './pdm-selection';
import { targetErrors } from './pdm-targets';
import type { PlanError } from '../plan-error';
import { parseRequirement } from '../packaging/requirement';
import { separate } from './separate';
import type { TomlTable } from '../packaging/toml-file';
import { asText, itemsAt, parseToml, tablesAt, textAt } from '../packaging/toml-file';
import { arrayHeaderLines } from '../packaging/toml-lines';

const COMMAND = 'pdm lock';

/** A lock and its manifest, parsed. */
interface Read {
  readonly lock: TomlTable;
  /** An empty one where none is there. */
  readonly manifest: TomlTable;
}

const read = ({ source, manifest }: LockQuestion): Either<readonly PlanError[], Read> => {
  const { errors, values } = separate([source, ...(manifest === null ? [] : [manifest])].map(parseToml));
  const [lock = {}, table = {}] = values;
  if (errors.length > 0) return left(errors);
  const version = textAt(lock, 'metadata', 'lock_version') ?? 'unknown';
  if (/^4(\.|$)/.test(version)) return right({ lock, manifest: table });
  const known = 'the versions 4.x';
  return left([{ _tag: 'UnknownLockVersion', file: source.file, version, known, command: COMMAND }]);
};

const staleErrors = ({ source, manifest }: LockQuestion, { lock }: Read): readonly PlanError[] => {
  const table = manifest === null ? null : manifestTable(manifest.text);
  const contents = table === null ? null : pdmContents(table);
  const hash = /^sha256:(.*)$/.exec(textAt(lock, 'metadata', 'content_hash') ?? '')?.[1];
  if (manifest === null || contents === null || !isStale(hash, contents)) return [];
  const reason = 'its content_hash is that of another one';
  return [{ _tag: 'LockOutdated', file: source.file, manifest: manifest.file, reason, command: COMMAND }];
};

/** A lock has one list of groups, with the extras among them; where it has none, nothing can be said. */
const nameErrors = ({ source, groups, extras }: LockQuestion, { lock }: Read): readonly PlanError[] => {
  const locked = itemsAt(lock, 'metadata', 'groups').flatMap((group) => asText(group) ?? []);
  if (locked.length === 0) return [];
  const known = locked.map(normalizeName).filter((group) => group !== 'default');
  const unknown = (kind: 'group' | 'extra', names: readonly string[]): readonly PlanError[] =>
    names
      .filter((name) => normalizeName(name) !== 'default' && !known.includes(normalizeName(name)))
      .map((name) => ({ _tag: 'UnknownGroup', file: source.file, kind, name, known }));
  return [...unknown('group', groups), ...unknown('extra', extras)];
};

const select = (
  question: LockQuestion,
  { lock, manifest }: Read,
): Either<readonly PlanError[], LockedSet> => {
  const { source, markers, groups, extras } = question;
  const invalid = (reason: string, line: number): PlanError => ({
    _tag: 'InvalidDeclaration',
    file: source.file,
    line,
    reason,
  });
  const lines = arrayHeaderLines(source.text, 'package');
  const packages = separate(
    tablesAt(lock, 'package').map((table, index) => {
      const line = lines[index] ?? 1;
      const result = readPdmPackage(table, line);
      return isLeft(result) ? left(invalid(result.left, line)) : result;
    }),
  );
  if (packages.errors.length > 0) return left(packages.errors);
  const inherits = itemsAt(lock, 'metadata', 'strategy').includes('inherit_metadata');
  if (!inherits && question.manifest === null)
    return left([invalid('without a pyproject.toml beside it nothing says what is asked for', 1)]);
  const requirements = pdmRequirements(manifest, groups, extras);
  const target = { environment: markers };
  const selected = inherits
    ? selectPdmGroups(packages.values, ['default', ...groups, ...extras], target)
    : selectPdmGraph(packages.values, requirements, target);
  if (isLeft(selected)) return left(selected.left.map(({ at, reason }) => invalid(reason, at?.line ?? 1)));
  const index = pdmIndex(manifest);
  const found = separate(
    selected.right.map((each) => {
      const result = toLockedPackage(each, index);
      return isLeft(result) ? left(invalid(result.left, each.line)) : result;
    }),
  );
  const asked = separate(requirements.map(parseRequirement)).values.map(({ name }) => name);
  const set = assembleLockedSet(source, found.values, asked, markers !== null);
  const errors = [...found.errors, ...(isLeft(set) ? set.left : [])];
  return errors.length > 0 ? left(errors) : set;
};

/**
 * Reads pdm.lock.
 *
 * @see pdm, `project/lockfile` and `models/repositories/lock.py`
 */
export const readPdmLock: LockReader = (question) => {
  const parsed = read(question);
  if (isLeft(parsed)) return parsed;
  const targets = targetErrors(question, parsed.right.lock);
  const set = select(question, parsed.right);
  const errors = [
    ...targets,
    ...staleErrors(question, parsed.right),
    ...nameErrors(question, parsed.right),
    // A target that the lock is not for misses packages as well: that is said already.
    ...(isLeft(set) && targets.length === 0 ? set.left : []),
  ];
  return errors.length > 0 ? left(errors) : set;
};
