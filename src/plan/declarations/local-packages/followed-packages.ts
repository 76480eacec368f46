import { isLeft } from 'fp-ts/Either';
import { buildNeeds } from '../../packaging/builds/build-needs';
import type { FetchedNeed, LocalNeed, LocalNeeds } from '../../packaging/local/local-needs';
import { joinMarkers } from '../../packaging/requirement/marker-text';
import { parseRequirement } from '../../packaging/requirement/requirement';
import { showRequirement } from '../../packaging/project/uv-sources';
import type { PlanError } from '../../errors/plan-error';
import { localNeeds } from '../../packaging/local/local-needs';
import { poetryNeeds } from './poetry-needs';
import type { LocalPackage } from '../../model/source-snapshot';

/** A local package that a declaration names. */
export interface NamedLocal {
  /** Absolute path. */
  readonly path: string;
  readonly extras: readonly string[];
  readonly marker: string | null;
}

/** Finds a local package; undefined if there is none. */
type PackageAt = (place: Pick<LocalNeed, 'path' | 'file' | 'line'>) => LocalPackage | undefined;

/** Whether a local package may have sources. Most have none, which a text search shows without a parser. */
const hasSources = ({ pyproject, workspace }: LocalPackage): boolean =>
  pyproject !== undefined &&
  [pyproject, workspace?.root.text].some((text) => text?.includes('sources') === true && text.includes('uv'));

const needsOf = (local: LocalPackage | undefined, extras?: readonly string[]): LocalNeeds => {
  if (local === undefined) return NOTHING;
  const needs = (hasSources(local) ? localNeeds(local, extras) : undefined) ?? NOTHING;
  const others = poetryNeeds(local, extras);
  return others.length === 0 ? needs : { ...needs, locals: [...needs.locals, ...others] };
};

/** The local packages that the build of a local package requires. */
const buildersOf = (local: LocalPackage): readonly LocalNeed[] =>
  hasSources(local) ? buildNeeds(local) : [];

const NOTHING: LocalNeeds = { locals: [], fetched: [], problems: [] };

interface Step extends NamedLocal {
  readonly local: LocalPackage | undefined;
  /** The packages on the way to this one, and the markers on that way. */
  readonly within: readonly string[];
  readonly markers: readonly (string | null)[];
}

const keyOf = ({ path: place, extras, marker }: NamedLocal): string =>
  JSON.stringify([place, [...extras].sort(), marker]);

/**
 * Follows the sources of local packages (`[tool.uv.sources]`) to the packages that they need, then the sources of
 * those, and so on. uv finds these packages by the sources; pip would look up their names in an index. Each result has
 * the joined marker of the whole way. Cycles are followed once.
 */
export const followPackages = (
  named: readonly NamedLocal[],
  localPackages: readonly LocalPackage[],
  packageAt: PackageAt = ({ path: place }) => localPackages.find((local) => local.path === place),
): LocalNeeds => {
  const seen = new Set(named.map(keyOf));
  const isNamed = (need: NamedLocal): boolean =>
    named.some(
      (each) =>
        each.path === need.path &&
        each.marker === null &&
        need.extras.every((extra) => each.extras.includes(extra)),
    );
  const locals: LocalNeed[] = [];
  const fetched = new Map<string, FetchedNeed>();
  const problems = new Map<string, PlanError>();
  const waiting = named.map((each): Step => ({
    ...each,
    local: localPackages.find((local) => local.path === each.path),
    within: [each.path],
    markers: [each.marker],
  }));
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
    const { local, extras, within, markers: way } = step;
    const needs = needsOf(local, extras);
    readBuilders(local, packageAt);
    for (const each of needs.fetched.map((need) => onTheWay(need, way))) fetched.set(each.text, each);
    for (const problem of needs.problems) problems.set(JSON.stringify(problem), problem);
    for (const need of needs.locals) {
      if (within.includes(need.path)) continue;
      const markers = [...way, need.marker];
      const placed = { ...need, marker: joinMarkers(markers) };
      if (seen.has(keyOf(placed)) || isNamed(placed)) continue;
      seen.add(keyOf(placed));
      locals.push(placed);
      waiting.push({ ...placed, local: packageAt(need), within: [...within, need.path], markers });
    }
  }
  return { locals, fetched: [...fetched.values()], problems: [...problems.values()] };
};

/** Reads the packages that a package requires for its build, and their requirements in turn. They are not installed. */
const readBuilders = (local: LocalPackage | undefined, packageAt: PackageAt): void => {
  const seen = new Set<string>();
  const waiting = local === undefined ? [] : [...buildersOf(local)];
  for (let need = waiting.shift(); need !== undefined; need = waiting.shift()) {
    if (seen.has(need.path)) continue;
    seen.add(need.path);
    const builder = packageAt(need);
    if (builder !== undefined) waiting.push(...buildersOf(builder), ...needsOf(builder).locals);
  }
};

/** Joins the markers on the way to a requirement with its own. */
const onTheWay = (need: FetchedNeed, way: readonly (string | null)[]): FetchedNeed => {
  const read = parseRequirement(need.text);
  return isLeft(read)
    ? need
    : {
        ...need,
        text: showRequirement({ ...read.right, marker: joinMarkers([...way, read.right.marker]) }),
      };
};

/** The paths that the sources of a local package name, for any of its extras. */
export const neighboursOf = (local: LocalPackage): readonly string[] =>
  [...needsOf(local).locals, ...buildersOf(local)].map((need) => need.path);

/** The line for a local package. `reference` is its path from the folder in which the installer runs. */
export const followedLine = ({ extras, marker }: NamedLocal, reference: string): string =>
  [reference, extras.length === 0 ? '' : `[${extras.join(',')}]`, marker === null ? '' : ` ; ${marker}`].join(
    '',
  );

/**
 * Whether packages have sources and all of them could be read, so that the installer need not read them. The installer
 * must read them if a build requires one of these packages.
 */
export const coversSources = (localPackages: readonly LocalPackage[]): boolean => {
  const all = localPackages.filter(hasSources).map((local) => localNeeds(local));
  return (
    !localPackages.some((local) => buildersOf(local).length > 0) &&
    all.every((needs) => needs !== undefined) &&
    all.some(({ locals, fetched, problems }) => locals.length + fetched.length + problems.length > 0)
  );
};
