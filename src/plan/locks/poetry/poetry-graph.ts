import type { Either } from 'fp-ts/Either';
import { left, right } from 'fp-ts/Either';
import { constantMarker, withExtras } from '../../packaging/requirement/constant-marker';
import type { LockedEdge, LockedNode } from '../locked/locked-graph';
import { normalizeName } from '../../packaging/requirement/package-name';
import { constraintAllowsPython } from './poetry-constraint';
import type { PoetryDependency } from './poetry-dependency';
import { readPoetryDependency } from './poetry-dependency';
import type { PoetryPackage } from './poetry-package';
import { partitionResults } from '../locked/partition-results';
import { asText, itemsAt, tableAt, textAt } from '../../values/toml-values';

/**
 * A dependency as an edge. The conditions on extras in its marker are resolved: only the extras in `within` are active.
 */
export const toEdge = (
  { name, extras, marker, accepts }: PoetryDependency,
  within: readonly string[] = [],
): LockedEdge<PoetryPackage> => ({
  name,
  extras,
  marker: marker === null ? null : withExtras(marker, within),
  accepts,
});

/** The names at the beginning of an extra's requirements, because Poetry 1 wrote some in a format of its own. */
const namesOf = (requirements: readonly unknown[]): readonly string[] =>
  requirements.flatMap((each) => {
    const name = /^[A-Za-z0-9][\w.-]*/.exec(asText(each) ?? '')?.[0];
    return name === undefined ? [] : normalizeName(name);
  });

/**
 * A package as a node of the graph, for a lock before 2.1.
 *
 * @param python - Python version of the target, as `3.11` and with its patch version; null for any
 */
export const poetryNode = (
  each: PoetryPackage,
  python: { readonly minor: string; readonly full: string } | null,
): Either<string, LockedNode<PoetryPackage>> => {
  const table = tableAt(each.table, 'dependencies') ?? {};
  const { errors, values } = partitionResults(
    Object.entries(table).flatMap(([name, value]) => readPoetryDependency(name, value, python?.full ?? null)),
  );
  const [error] = errors;
  if (error !== undefined) return left(`${each.name}: ${error}`);
  const extras = Object.keys(tableAt(each.table, 'extras') ?? {}).map((extra) => {
    const names = namesOf(itemsAt(each.table, 'extras', extra));
    const edges = values.filter(({ name }) => names.includes(normalizeName(name)));
    return [normalizeName(extra), edges.map((edge) => toEdge(edge, [extra]))] as const;
  });
  const pythons = textAt(each.table, 'python-versions') ?? '*';
  const fits = python === null || constraintAllowsPython(pythons, python.minor);
  return right({
    name: each.name,
    markers: fits ? [] : [constantMarker(false)],
    dependencies: values.filter(({ optional }) => !optional).map((edge) => toEdge(edge)),
    optional: new Map(extras),
    value: each,
  });
};
