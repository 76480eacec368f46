import { isRight } from 'fp-ts/Either';
import { parseMarker } from '../requirement/marker';
import { joinMarkers, negateMarker, showMarker } from '../requirement/marker-text';
import { normalizeName } from '../requirement/package-name';
import type { Requirement } from '../requirement/requirement';
import type { TomlTable } from '../../values/toml-values';
import { asArray, asTable, tableAt, textAt, textsAt, valueAt } from '../../values/toml-values';

/** What becomes of a requirement where `[tool.uv.sources]` says where its package comes from. */
type SourcedRequirement =
  /** No source says anything of it: a requirement of PEP 508. */
  | { readonly _tag: 'Text'; readonly text: string }
  /** Of a URL or a Git repository, which the requirement then names. */
  | { readonly _tag: 'Fetched'; readonly text: string }
  /** Of an index with a name, which no requirement can say. */
  | { readonly _tag: 'Indexed'; readonly text: string; readonly name: string; readonly index: string }
  /** A folder or an archive of this machine, as it is written. */
  | {
      readonly _tag: 'Local';
      readonly name: string;
      readonly extras: readonly string[];
      readonly marker: string | null;
      readonly path: string;
    }
  /** A member of the workspace: only a lock, or the workspace's root, says where it lies. */
  | {
      readonly _tag: 'Workspace';
      readonly name: string;
      readonly extras: readonly string[];
      readonly marker: string | null;
    };

/** Where a requirement stands: an extra or a group, by their normalized names; neither for `[project] dependencies`. */
export interface Section {
  readonly extra: string | null;
  readonly group: string | null;
}

/** A requirement as PEP 508 writes it. */
export const showRequirement = ({ name, extras, specifier, url, marker }: Requirement): string => {
  const named = `${name}${extras.length === 0 ? '' : `[${extras.join(',')}]`}`;
  const what = url !== null ? `${named} @ ${url}` : specifier === '' ? named : `${named} ${specifier}`;
  return marker === null ? what : `${what} ; ${marker}`;
};

const withFragment = (url: string, subdirectory: string | undefined): string =>
  subdirectory === undefined ? url : `${url}#subdirectory=${subdirectory}`;

const gitUrl = (git: string, source: TomlTable): string => {
  const at = textAt(source, 'rev') ?? textAt(source, 'tag') ?? textAt(source, 'branch');
  const url = git.startsWith('git+') ? git : `git+${git}`;
  return withFragment(at === undefined ? url : `${url}@${at}`, textAt(source, 'subdirectory'));
};

const apply = (requirement: Requirement, source: TomlTable): SourcedRequirement => {
  const { name, extras, marker } = requirement;
  const [git, url, path] = [textAt(source, 'git'), textAt(source, 'url'), textAt(source, 'path')];
  if (valueAt(source, 'workspace') === true) return { _tag: 'Workspace', name, extras, marker };
  if (path !== undefined) return { _tag: 'Local', name, extras, marker, path };
  const from =
    git !== undefined
      ? gitUrl(git, source)
      : url !== undefined
        ? withFragment(url, textAt(source, 'subdirectory'))
        : undefined;
  if (from !== undefined)
    return { _tag: 'Fetched', text: showRequirement({ ...requirement, specifier: '', url: from }) };
  const [index, text] = [textAt(source, 'index'), showRequirement(requirement)];
  return index === undefined ? { _tag: 'Text', text } : { _tag: 'Indexed', text, name, index };
};

/** Whether `no-sources` or `no-sources-package` leaves the sources of a package out. */
const leavesSources = (table: TomlTable, name: string): boolean =>
  valueAt(table, 'tool', 'uv', 'no-sources') === true ||
  textsAt(table, 'tool', 'uv', 'no-sources-package').some(
    (each) => normalizeName(each) === normalizeName(name),
  );

const sourcesOf = (table: TomlTable, name: string): readonly TomlTable[] => {
  if (leavesSources(table, name)) return [];
  const all = tableAt(table, 'tool', 'uv', 'sources') ?? {};
  const key = Object.keys(all).find((each) => normalizeName(each) === normalizeName(name));
  const found = key === undefined ? undefined : valueAt(all, key);
  return (asArray(found) ?? [found]).flatMap((each) => {
    const source = asTable(each);
    return source === undefined ? [] : [source];
  });
};

const isFor = (source: TomlTable, { extra, group }: Section): boolean => {
  const [wantedExtra, wantedGroup] = [textAt(source, 'extra'), textAt(source, 'group')];
  return (
    (wantedExtra === undefined || normalizeName(wantedExtra) === extra) &&
    (wantedGroup === undefined || normalizeName(wantedGroup) === group)
  );
};

/** The marker that holds where none of some sources is meant; undefined where there is no such place, or none that can be said. */
const otherwise = (sources: readonly TomlTable[]): string | undefined => {
  const opposites = sources.map((source) => {
    const parsed = parseMarker(textAt(source, 'marker') ?? '');
    const opposite = isRight(parsed) ? negateMarker(parsed.right) : undefined;
    return opposite === undefined ? undefined : showMarker(opposite);
  });
  return opposites.every((text) => text !== undefined) ? (joinMarkers(opposites) ?? undefined) : undefined;
};

/** The sources of a package that are meant for a section, in their order. */
export const sourcesFor = (table: TomlTable, name: string, section: Section): readonly TomlTable[] =>
  sourcesOf(table, name).filter((source) => isFor(source, section));

/**
 * A requirement with the sources of uv applied: one for each source that is meant for its section, with its marker. Where all
 * of them have a marker, the package comes from an index elsewhere.
 *
 * @see https://docs.astral.sh/uv/concepts/projects/dependencies/#dependency-sources
 */
export const applySources = (
  table: TomlTable,
  requirement: Requirement,
  section: Section,
): readonly SourcedRequirement[] => {
  const sources = sourcesFor(table, requirement.name, section);
  if (sources.length === 0 || requirement.url !== null)
    return [{ _tag: 'Text', text: showRequirement(requirement) }];
  const rest = otherwise(sources);
  return [
    ...sources.map((source) =>
      apply(
        { ...requirement, marker: joinMarkers([requirement.marker, textAt(source, 'marker') ?? null]) },
        source,
      ),
    ),
    ...(rest === undefined
      ? []
      : [
          {
            _tag: 'Text' as const,
            text: showRequirement({ ...requirement, marker: joinMarkers([requirement.marker, rest]) }),
          },
        ]),
  ];
};
