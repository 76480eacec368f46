import type { Either } from 'fp-ts/Either';
import { isLeft, left, right } from 'fp-ts/Either';
import type { LockedEdge, LockedNode } from '../locked/locked-graph';
import { parseMarker } from '../../packaging/requirement/marker';
import { normalizeName } from '../../packaging/requirement/package-name';
import type { PdmPackage } from './pdm-package';
import { parseRequirement } from '../../packaging/requirement/requirement';
import { redactUrls } from '../../values/redact';
import { partitionResults } from '../locked/partition-results';
import { specifierAllows } from '../../packaging/requirement/specifier';
import { asText, itemsAt } from '../../values/toml-values';

/** One name for a set of extras: PDM locks their dependencies as one package for all of them together. */
const extrasKey = (extras: readonly string[]): readonly string[] =>
  extras.length === 0 ? [] : [extras.map(normalizeName).sort().join(',')];

/** `-e file:///…#egg=name`: how PDM's own groups name an editable package. */
const withoutEditable = (text: string): string => /^-e\s.*[#&]egg=([\w.-]+)/s.exec(text)?.[1] ?? text;

/** A requirement as an edge, or why it cannot be read. */
export const pdmEdge = (text: string): Either<string, LockedEdge<PdmPackage>> => {
  const requirement = parseRequirement(withoutEditable(text));
  if (isLeft(requirement)) return left(`${JSON.stringify(redactUrls(text))}: ${requirement.left}`);
  const { name, extras, marker: condition, specifier } = requirement.right;
  const marker = condition === null ? right(null) : parseMarker(condition);
  if (isLeft(marker)) return marker;
  return right({
    name,
    extras: extrasKey(extras),
    marker: marker.right,
    accepts: ({ version }) => specifierAllows(specifier, version),
  });
};

const edgesOf = ({
  table,
}: PdmPackage): { readonly errors: readonly string[]; readonly values: readonly LockedEdge<PdmPackage>[] } =>
  partitionResults(itemsAt(table, 'dependencies').flatMap((item) => pdmEdge(asText(item) ?? '')));

const isSameVersion = (a: PdmPackage, b: PdmPackage): boolean =>
  normalizeName(a.name) === normalizeName(b.name) && a.version === b.version;

/**
 * The packages as a graph. A package with extras becomes part of the same package without extras, which it needs
 * itself. If the lock does not have that package, the package with extras is a node of its own.
 */
export const pdmNodes = (
  packages: readonly PdmPackage[],
): Either<
  readonly { readonly at: PdmPackage; readonly reason: string }[],
  readonly LockedNode<PdmPackage>[]
> => {
  const errors = packages.flatMap((at) => edgesOf(at).errors.map((reason) => ({ at, reason })));
  if (errors.length > 0) return left(errors);
  const bare = packages.filter(
    (each) =>
      each.extras.length === 0 ||
      !packages.some((other) => other.extras.length === 0 && isSameVersion(other, each)),
  );
  return right(
    bare.map((each) => ({
      name: each.name,
      markers: [],
      dependencies: edgesOf(each).values,
      optional: new Map(
        packages
          .filter((other) => other.extras.length > 0 && isSameVersion(other, each))
          .map((other) => [normalizeName(extrasKey(other.extras)[0] ?? ''), edgesOf(other).values]),
      ),
      value: each,
    })),
  );
};
