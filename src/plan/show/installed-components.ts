import { isRight } from 'fp-ts/Either';
import type { AllowedHash, AskedRequirement } from './asked-requirement';
import { byText } from '../values/hash';
import type { LicenseSaid } from '../packaging/project/core-metadata';
import { licenseOf, metadataFields } from '../packaging/project/core-metadata';
import { evaluateMarker } from '../packaging/requirement/evaluate-marker';
import { parseMarker } from '../packaging/requirement/marker';
import { normalizeName } from '../packaging/requirement/package-name';
import type { Requirement } from '../packaging/requirement/requirement';
import { parseRequirement } from '../packaging/requirement/requirement';

/** A distribution that was installed. */
export interface InstalledComponent {
  /** The name in the distribution's own spelling. */
  readonly name: string;
  /** The normalized name. It is unique among the components. */
  readonly key: string;
  readonly version: string;
  readonly license: LicenseSaid;
  /** The URL of its source; null for a package index, or if the source is unknown. */
  readonly url: string | null;
  /** The hashes of the files that the lock allows. One of these files was installed. */
  readonly hashes: readonly AllowedHash[];
  /** Keys of the distributions that this one needs on the target. */
  readonly needs: readonly string[];
}

/** The installed distributions and their relations. */
export interface InstalledComponents {
  /** Sorted by key. */
  readonly components: readonly InstalledComponent[];
  /** Keys of the distributions that no other one needs. */
  readonly direct: readonly string[];
}

interface Described extends Omit<InstalledComponent, 'needs' | 'url' | 'hashes'> {
  readonly requires: readonly Requirement[];
}

const describe = (text: string): readonly Described[] => {
  const fields = metadataFields(text);
  const [[name], [version = '']] = [fields('Name'), fields('Version')];
  return name === undefined
    ? []
    : [
        {
          name,
          key: normalizeName(name),
          version,
          license: licenseOf(text),
          requires: fields('Requires-Dist').flatMap((line) => {
            const parsed = parseRequirement(line);
            return isRight(parsed) ? parsed.right : [];
          }),
        },
      ];
};

/**
 * Combines the METADATA files of installed distributions with their requirements. Relations are those of the target:
 * its markers decide, and an extra counts if a requirement asks for it.
 *
 * @param metadata texts of METADATA files, in any order
 * @param markers marker variables of the target (PEP 508)
 */
export const installedComponents = (
  metadata: readonly string[],
  asked: readonly AskedRequirement[],
  markers: Readonly<Record<string, string>>,
): InstalledComponents => {
  const described = new Map(metadata.flatMap(describe).map((one) => [one.key, one]));
  const extras = new Map([...described.keys()].map((key) => [key, new Set<string>()]));
  const applies = ({ marker }: Requirement, active: ReadonlySet<string>): boolean => {
    if (marker === null) return true;
    const parsed = parseMarker(marker);
    return isRight(parsed) && evaluateMarker(parsed.right, { environment: markers, extras: [...active] });
  };
  const neededBy = (key: string): readonly Requirement[] =>
    (described.get(key)?.requires ?? []).filter((one) => applies(one, extras.get(key) ?? new Set()));
  // An extra may add extras of others, so distributions with a new extra are visited again.
  const waiting: string[] = [];
  const activate = (name: string, added: readonly string[]): void => {
    const active = extras.get(normalizeName(name));
    const before = active?.size;
    added.forEach((extra) => active?.add(normalizeName(extra)));
    if (active?.size !== before) waiting.push(normalizeName(name));
  };
  asked.forEach(({ name, extras: wanted }) => activate(name, wanted));
  waiting.push(...described.keys());
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    neededBy(next).forEach((one) => activate(one.name, one.extras));
  }
  const components = [...described.values()]
    .map(({ requires: _, ...one }): InstalledComponent => {
      const needed = neededBy(one.key).map(({ name }) => normalizeName(name));
      const from = asked.find(
        ({ name, version, url }) => name === one.key && (url !== null || version === one.version),
      );
      return {
        ...one,
        url: from?.url ?? null,
        hashes: from?.hashes ?? [],
        needs: [...new Set(needed)].filter((key) => described.has(key) && key !== one.key).sort(byText),
      };
    })
    .sort((a, b) => byText(a.key, b.key));
  const needed = new Set(components.flatMap(({ needs }) => needs));
  const first = components.map(({ key }) => key).filter((key) => !needed.has(key));
  return { components, direct: reachingAll(components, first) };
};

/** Adds one component of each cycle that the given components do not reach. */
const reachingAll = (
  components: readonly InstalledComponent[],
  first: readonly string[],
): readonly string[] => {
  const needs = new Map(components.map((one) => [one.key, one.needs]));
  const reached = new Set<string>();
  const visit = (key: string): void => {
    if (reached.has(key)) return;
    reached.add(key);
    needs.get(key)?.forEach(visit);
  };
  first.forEach(visit);
  const direct = [...first];
  for (const { key } of components) {
    if (!reached.has(key)) {
      direct.push(key);
      visit(key);
    }
  }
  return direct.sort(byText);
};
