import type { Either } from 'fp-ts/Either';
import { isLeft, left, right } from 'fp-ts/Either';
import { checkedLock } from '../locked/checked-lock';
import { isStale, manifestTable, outdated } from '../locked/lock-freshness';
import { invalidAt, lockedSetOf, NO_MANIFEST, readPackages } from '../locked/lock-packages';
import type { LockedSet, LockQuestion, LockReader } from '../locked/locked-set';
import { isForMember } from '../locked/member-lock';
import { normalizeName } from '../../packaging/requirement/package-name';
import { pdmContents } from './pdm-content';
import { pdmRequirements } from './pdm-manifest';
import { readPdmPackage, lockedPdmPackage } from './pdm-package';
import { pdmResolution } from './pdm-resolution';
import { selectPdmGraph, selectPdmGroups } from './pdm-selection';
import { pdmSources } from './pdm-sources';
import { targetErrors } from './pdm-targets';
import type { PlanError } from '../../errors/plan-error';
import { parseRequirement } from '../../packaging/requirement/requirement';
import { PdmShape } from '../locked/lock-shapes';
import { partitionResults } from '../locked/partition-results';
import { parseToml } from '../../packaging/project/toml-file';
import { unknownGroups } from '../../packaging/project/unknown-groups-and-extras';
import type { TomlTable } from '../../values/toml-values';
import { itemsAt, textAt, textsAt } from '../../values/toml-values';

const COMMAND = 'pdm lock';

/** A lock and its manifest, parsed. */
interface Read {
  readonly lock: TomlTable;
  /** Empty if there is no manifest. */
  readonly manifest: TomlTable;
}

const read = ({ source, manifest }: LockQuestion): Either<readonly PlanError[], Read> => {
  const { errors, values } = partitionResults(
    [source, ...(manifest === null ? [] : [manifest])].map(parseToml),
  );
  const [lock = {}, table = {}] = values;
  if (errors.length > 0) return left(errors);
  const version = textAt(lock, 'metadata', 'lock_version') ?? 'unknown';
  const checked = checkedLock(lock, source, {
    keys: ['metadata', 'lock_version'],
    version,
    isKnown: /^4(\.|$)/.test(version),
    known: 'the versions 4.x',
    command: COMMAND,
    shape: PdmShape,
  });
  return isLeft(checked) ? checked : right({ lock, manifest: table });
};

const staleErrors = ({ source, manifest }: LockQuestion, { lock }: Read): readonly PlanError[] => {
  const table = manifest === null ? null : manifestTable(manifest.text);
  const contents = table === null ? null : pdmContents(table);
  const hash = /^sha256:(.*)$/.exec(textAt(lock, 'metadata', 'content_hash') ?? '')?.[1];
  if (manifest === null || isForMember({ source, manifest })) return [];
  if (contents === null || !isStale(hash, contents)) return [];
  const reason = 'its content_hash is that of another manifest';
  return [outdated(source, manifest, reason, COMMAND)];
};

/** A lock has one list of groups, which includes the extras. Without the list, unknown names are not reported. */
const nameErrors = ({ source, groups, extras }: LockQuestion, { lock }: Read): readonly PlanError[] => {
  const locked = textsAt(lock, 'metadata', 'groups');
  if (locked.length === 0) return [];
  // Every project has the group `default`, and it is always installed.
  const isNamed = (name: string): boolean => normalizeName(name) !== 'default';
  const known = locked.filter(isNamed);
  return [
    ...unknownGroups(source.file, 'group', groups.filter(isNamed), known),
    ...unknownGroups(source.file, 'extra', extras.filter(isNamed), known),
  ];
};

const select = (
  question: LockQuestion,
  { lock, manifest }: Read,
): Either<readonly PlanError[], LockedSet> => {
  const { source, markers, groups, extras } = question;
  const packages = readPackages(source, lock, readPdmPackage);
  if (isLeft(packages)) return packages;
  const inherits =
    itemsAt(lock, 'metadata', 'strategy').includes('inherit_metadata') && !isForMember(question);
  if (!inherits && question.manifest === null) return left([invalidAt(source.file, 1, NO_MANIFEST)]);
  const requirements = pdmRequirements(manifest, groups, extras);
  const target = { environment: markers };
  const selected = inherits
    ? selectPdmGroups(packages.right, ['default', ...groups, ...extras], target)
    : selectPdmGraph(packages.right, requirements, target, pdmResolution(manifest));
  const sources = pdmSources(manifest);
  const asked = partitionResults(requirements.map(parseRequirement)).values.map(({ name }) => name);
  return lockedSetOf(question, selected, (each) => lockedPdmPackage(each, sources), asked);
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
    // For another target, packages are missing as well. The first error is enough.
    ...(isLeft(set) && targets.length === 0 ? set.left : []),
  ];
  return errors.length > 0 ? left(errors) : set;
};
