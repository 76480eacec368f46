import { isLeft } from 'fp-ts/Either';
import { evaluateMarker } from '../../packaging/requirement/evaluate-marker';
import { parseMarker } from '../../packaging/requirement/marker';
import { normalizeName } from '../../packaging/requirement/package-name';
import type { DeclaredText } from '../../packaging/project/pyproject-tables';
import { parseRequirement } from '../../packaging/requirement/requirement';
import type { TomlTable } from '../../values/toml-values';
import { textAt, textsAt } from '../../values/toml-values';
import type { Section } from '../../packaging/project/uv-sources';
import { sourcesFor } from '../../packaging/project/uv-sources';
import type { LockQuestion } from '../locked/locked-set';
import type { DeclaredOrigins, OriginContext } from './uv-declared-origin';
import { originsOfSource, originsOfText } from './uv-declared-origin';
import { lockedOrigin } from './uv-origin';

/** A requirement of a manifest, for one of its sources. */
interface Asked {
  readonly name: string;
  readonly extras: readonly string[];
  /** The normalized name with its extras. */
  readonly what: string;
  readonly origins: DeclaredOrigins;
}

/** A requirement that a lock was made from. */
interface Locked {
  readonly name: string;
  readonly extras: readonly string[];
  readonly what: string;
  readonly origin: string;
}

/** How the markers of both sides are read. */
export interface Reading extends OriginContext {
  /** Markers of the target; null takes each marker for true. */
  readonly environment: LockQuestion['markers'];
  /** Whether markers count. @default false where there is no target, or the lock adds to them */
  readonly withMarkers: boolean;
}

const whatOf = (name: string, extras: readonly string[]): string =>
  `${normalizeName(name)}${extras.length === 0 ? '' : `[${[...new Set(extras.map(normalizeName))].sort().join(',')}]`}`;

/** Whether a marker holds on the target. One that cannot be read holds: uv has read it. */
export const holdsOn = (
  environment: LockQuestion['markers'],
  marker: string | null,
  extras: readonly string[],
): boolean => {
  const parsed = marker === null ? null : parseMarker(marker);
  return parsed === null || isLeft(parsed) || evaluateMarker(parsed.right, { environment, extras });
};

/** One requirement of the manifest, once for each source of it that is meant on the target. */
const askedOf = (
  table: TomlTable,
  text: string,
  section: Section,
  reading: Reading,
): readonly Asked[] | undefined => {
  const parsed = parseRequirement(text);
  if (isLeft(parsed)) return undefined;
  const { name, extras, marker } = parsed.right;
  const common = { name: normalizeName(name), extras: extras.map(normalizeName), what: whatOf(name, extras) };
  const sources = sourcesFor(table, name, section);
  const plain = { ...common, origins: originsOfText(reading, parsed.right) };
  if (!reading.withMarkers) return [sources.length === 0 ? plain : { ...common, origins: null }];
  const holds = (each: string | null): boolean =>
    holdsOn(reading.environment, each, section.extra === null ? [] : [section.extra]);
  if (!holds(marker)) return [];
  const meant = sources.filter((source) => holds(textAt(source, 'marker') ?? null));
  // Where no source is meant, the package comes from an index as if there were none.
  return meant.length === 0
    ? [plain]
    : meant.map((source) => ({ ...common, origins: originsOfSource(reading, parsed.right, source) }));
};

/** What a list of a manifest asks for; undefined where one of it cannot be read. */
export const declared = (
  table: TomlTable,
  texts: readonly Pick<DeclaredText, 'text'>[],
  section: Section,
  reading: Reading,
): readonly Asked[] | undefined => {
  const all = texts.map(({ text }) => askedOf(table, text, section, reading));
  return all.every((asked) => asked !== undefined) ? all.flat() : undefined;
};

/** What entries of the lock's metadata ask for. */
export const locked = (
  entries: readonly TomlTable[],
  extras: readonly string[],
  { environment, withMarkers, lockFolder }: Reading,
): readonly Locked[] =>
  entries
    .filter((entry) => !withMarkers || holdsOn(environment, textAt(entry, 'marker') ?? null, extras))
    .map((entry) => {
      const name = textAt(entry, 'name') ?? '';
      const asked = textsAt(entry, 'extras').map(normalizeName);
      return {
        name: normalizeName(name),
        extras: asked,
        what: whatOf(name, asked),
        origin: lockedOrigin(entry, lockFolder),
      };
    });

const accepts = (asked: Asked, lock: Locked): boolean =>
  asked.what === lock.what && (asked.origins === null || asked.origins.includes(lock.origin));

/** The first difference, in words; undefined where there is none. */
export const difference = (
  manifest: readonly Asked[],
  lock: readonly Locked[],
  where: string,
): string | undefined => {
  const added = manifest.find((asked) => !lock.some((then) => accepts(asked, then)));
  if (added !== undefined) return `it was made without ${added.what}${added.origins?.[0] ?? ''}${where}`;
  const gone = lock.find((then) => !manifest.some((asked) => accepts(asked, then)));
  return gone === undefined ? undefined : `it was made with ${gone.what}${gone.origin}${where}`;
};
