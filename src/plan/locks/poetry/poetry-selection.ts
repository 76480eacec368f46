import type { Either } from 'fp-ts/Either';
import { isLeft, left, right } from 'fp-ts/Either';
import type { MarkerTarget } from '../../packaging/requirement/evaluate-marker';
import type { PackageError } from '../locked/lock-packages';
import { evaluateMarker } from '../../packaging/requirement/evaluate-marker';
import { reachableOnce } from '../locked/single-version-graph';
import { normalizeName } from '../../packaging/requirement/package-name';
import { constraintAllowsPython } from './poetry-constraint';
import type { PoetryDependency } from './poetry-dependency';
import { poetryNode, toEdge } from './poetry-graph';
import type { PoetryPackage } from './poetry-package';
import { partitionResults } from '../locked/partition-results';
import { parseToolMarker } from '../locked/tool-marker';
import { asText, itemsAt, tableAt, textAt, textsAt, valueAt } from '../../values/toml-values';

/**
 * The markers of a package for some groups. One of them must hold. A text is the marker for all groups of the package.
 */
const markersFor = ({ table }: PoetryPackage, groups: readonly string[]): readonly string[] => {
  const all = textAt(table, 'markers');
  const byGroup = tableAt(table, 'markers') ?? {};
  return groups.map((group) => {
    const key = Object.keys(byGroup).find((each) => normalizeName(each) === group);
    return all ?? (key === undefined ? undefined : textAt(byGroup, key)) ?? '';
  });
};

/** Poetry writes no marker for the Python versions of a package, but skips the package on other versions. */
const isForPython = ({ table }: PoetryPackage, { environment }: MarkerTarget): boolean => {
  const python = environment?.['python_version'];
  return python === undefined || constraintAllowsPython(textAt(table, 'python-versions') ?? '*', python);
};

const isSelected = (
  each: PoetryPackage,
  groups: readonly string[],
  target: MarkerTarget,
): Either<PackageError<PoetryPackage>, boolean> => {
  const own = textsAt(each.table, 'groups');
  const shared = own.map(normalizeName).filter((group) => groups.includes(group));
  const { errors, values } = partitionResults(markersFor(each, shared).map(parseToolMarker));
  const [error] = errors;
  return error === undefined
    ? right(isForPython(each, target) && values.some((marker) => evaluateMarker(marker, target)))
    : left({ at: each, reason: `${each.name}: its marker cannot be read: ${error}` });
};

/** The packages of groups on a target, in a lock that lists the groups of each package (since 2.1). */
export const selectByGroups = (
  packages: readonly PoetryPackage[],
  groups: readonly string[],
  target: MarkerTarget,
): Either<readonly PackageError<PoetryPackage>[], readonly PoetryPackage[]> => {
  const selected = packages.map((each) => isSelected(each, groups, target));
  const { errors } = partitionResults(selected);
  if (errors.length > 0) return left(errors);
  return right(
    packages.filter((_, index) => {
      const result = selected[index];
      return result !== undefined && !isLeft(result) && result.right;
    }),
  );
};

/** The packages that roots need on a target, in a lock that only has the dependencies of each package (before 2.1). */
export const selectByGraph = (
  packages: readonly PoetryPackage[],
  roots: readonly PoetryDependency[],
  target: MarkerTarget,
): Either<readonly PackageError<PoetryPackage>[], readonly PoetryPackage[]> => {
  const { environment } = target;
  const minor = environment?.['python_version'];
  const python =
    minor === undefined ? null : { minor, full: environment?.['python_full_version'] ?? `${minor}.0` };
  const { errors, values } = partitionResults(
    packages.map((each) => {
      const node = poetryNode(each, python);
      return isLeft(node) ? left({ at: each, reason: node.left }) : node;
    }),
  );
  if (errors.length > 0) return left(errors);
  const edges = roots.map((root) => toEdge(root));
  const { nodes, missing } = reachableOnce(values, edges, target, ({ version }) => version);
  const names = [...new Set(missing.map(({ name }) => normalizeName(name)))].sort();
  // Over all targets every marker holds, even those of packages that Poetry left out because no target needs them.
  if (environment !== null && names.length > 0)
    return left([{ at: null, reason: `it lacks ${names.join(', ')}` }]);
  return right(nodes.map(({ value }) => value));
};

/** Normalized names of the dependencies of extras, from the lock's `[extras]`. */
export const namesOfExtras = (lock: unknown, extras: readonly string[]): readonly string[] => {
  const table = tableAt(lock, 'extras') ?? {};
  return Object.keys(table)
    .filter((key) => extras.map(normalizeName).includes(normalizeName(key)))
    .flatMap((key) => (Array.isArray(valueAt(table, key)) ? itemsAt(table, key) : []))
    .flatMap((name) => asText(name) ?? [])
    .map((name) => normalizeName(/^[A-Za-z0-9][\w.-]*/.exec(name)?.[0] ?? name));
};
