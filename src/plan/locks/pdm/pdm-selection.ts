import type { Either } from 'fp-ts/Either';
import { isLeft, left, right } from 'fp-ts/Either';
import type { MarkerTarget } from '../../packaging/requirement/evaluate-marker';
import type { PackageError } from '../locked/lock-packages';
import { evaluateMarker } from '../../packaging/requirement/evaluate-marker';
import { reachableOnce } from '../locked/single-version-graph';
import { normalizeName } from '../../packaging/requirement/package-name';
import { pdmEdge, pdmNodes } from './pdm-graph';
import type { PdmEdges } from './pdm-resolution';
import { resolvedNodes } from './pdm-resolution';
import type { PdmPackage } from './pdm-package';
import { partitionResults } from '../locked/partition-results';
import { parseToolMarker } from '../locked/tool-marker';
import { textAt, textsAt } from '../../values/toml-values';

const isSelected = (
  each: PdmPackage,
  groups: readonly string[],
  target: MarkerTarget,
): Either<PackageError<PdmPackage>, boolean> => {
  const text = textAt(each.table, 'marker');
  const marker = parseToolMarker(text ?? '');
  if (isLeft(marker))
    return left({ at: each, reason: `${each.name}: its marker cannot be read: ${marker.left}` });
  const own = textsAt(each.table, 'groups').map(normalizeName);
  // PDM writes packages of a cycle without groups, and installs them with every group.
  const isInGroups = own.length === 0 || own.some((group) => groups.includes(group));
  return right(isInGroups && evaluateMarker(marker.right, target));
};

/** The packages of groups, in a lock that lists the groups of each package (strategy `inherit_metadata`). */
export const selectPdmGroups = (
  packages: readonly PdmPackage[],
  groups: readonly string[],
  target: MarkerTarget,
): Either<readonly PackageError<PdmPackage>[], readonly PdmPackage[]> => {
  const { errors, values } = partitionResults(
    packages.map((each) => {
      const selected = isSelected(each, groups.map(normalizeName), target);
      return isLeft(selected) ? selected : right(selected.right ? [each] : []);
    }),
  );
  return errors.length > 0 ? left(errors) : right(values.flat());
};

/**
 * The packages that requirements need, in a lock that only has the dependencies of each package.
 *
 * @param edgesOf - Applies the project's resolution settings to dependencies
 */
export const selectPdmGraph = (
  packages: readonly PdmPackage[],
  requirements: readonly string[],
  target: MarkerTarget,
  edgesOf: PdmEdges,
): Either<readonly PackageError<PdmPackage>[], readonly PdmPackage[]> => {
  const nodes = pdmNodes(packages);
  if (isLeft(nodes)) return nodes;
  const roots = partitionResults(requirements.map(pdmEdge));
  if (roots.errors.length > 0)
    return left(roots.errors.map((reason) => ({ at: null, reason: `the manifest's ${reason}` })));
  const reached = reachableOnce(
    resolvedNodes(nodes.right, edgesOf),
    edgesOf(roots.values),
    target,
    ({ version }) => version,
  );
  const names = [...new Set(reached.missing.map(({ name }) => normalizeName(name)))].sort();
  // Over all targets every marker holds, even those of packages that PDM left out because no target needs them.
  if (target.environment !== null && names.length > 0)
    return left([{ at: null, reason: `it lacks ${names.join(', ')}` }]);
  return right(reached.nodes.map(({ value }) => value));
};
