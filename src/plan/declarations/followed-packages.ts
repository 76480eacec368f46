import * as path from 'node:path';
import type { LocalNeed } from '../packaging/local-needs';
import { joinMarkers } from '../packaging/marker-text';
import { projectReaders } from './project-readers';
import type { LocalPackage, ProjectFile } from '../source-snapshot';

/** A local package that a declaration names. */
export interface NamedLocal {
  /** Absolute. */
  readonly path: string;
  readonly extras: readonly string[];
  readonly marker: string | null;
}

/** Gives a local package; undefined where there is none. */
export type PackageAt = (place: Pick<LocalNeed, 'path' | 'file' | 'line'>) => LocalPackage | undefined;

/** The pyproject.toml of a local package where it may say where its dependencies lie. */
const sourcesOf = (local: LocalPackage): ProjectFile | undefined =>
  local.pyproject?.includes('sources') === true
    ? { file: path.join(local.path, 'pyproject.toml'), text: local.pyproject }
    : undefined;

interface Step extends NamedLocal {
  readonly local: LocalPackage | undefined;
  /** The packages that led here, and the markers on the way. */
  readonly within: readonly string[];
  readonly markers: readonly (string | null)[];
}

const keyOf = ({ path: place, extras, marker }: NamedLocal): string =>
  JSON.stringify([place, [...extras].sort(), marker]);

/**
 * The local packages that some ask for, that those ask for, and so on: uv finds them by `[tool.uv.sources]`, and pip would look
 * for their names in an index. Each comes with the marker of the whole way to it. A circle ends where it closes.
 */
export const followPackages = (
  named: readonly NamedLocal[],
  localPackages: readonly LocalPackage[],
  packageAt: PackageAt = ({ path: place }) => localPackages.find((local) => local.path === place),
): readonly LocalNeed[] => {
  const seen = new Set(named.map(keyOf));
  const isNamed = (need: NamedLocal): boolean =>
    named.some(
      (each) =>
        each.path === need.path &&
        each.marker === null &&
        need.extras.every((extra) => each.extras.includes(extra)),
    );
  const found: LocalNeed[] = [];
  const waiting = named.map((each): Step => ({
    ...each,
    local: localPackages.find((local) => local.path === each.path),
    within: [each.path],
    markers: [each.marker],
  }));
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
    const source = step.local === undefined ? undefined : sourcesOf(step.local);
    for (const need of source === undefined ? [] : projectReaders().localNeeds(source, step.extras)) {
      if (step.within.includes(need.path)) continue;
      const markers = [...step.markers, need.marker];
      const placed = { ...need, marker: joinMarkers(markers) };
      if (seen.has(keyOf(placed)) || isNamed(placed)) continue;
      seen.add(keyOf(placed));
      found.push(placed);
      waiting.push({ ...placed, local: packageAt(need), within: [...step.within, need.path], markers });
    }
  }
  return found;
};

/** The paths that the sources of a local package name, whatever extras of it are asked for. */
export const neighboursOf = (local: LocalPackage): readonly string[] => {
  const source = sourcesOf(local);
  return source === undefined
    ? []
    : projectReaders()
        .localNeeds(source)
        .map((need) => need.path);
};

/** A line that asks for a local package, as seen from where the installer runs. */
export const followedLine = ({ extras, marker }: NamedLocal, reference: string): string =>
  [reference, extras.length === 0 ? '' : `[${extras.join(',')}]`, marker === null ? '' : ` ; ${marker}`].join(
    '',
  );

/** Whether what the sources of all these packages say is said by the packages that were followed. */
export const coversSources = (localPackages: readonly LocalPackage[]): boolean =>
  localPackages.every((local) => {
    const source = sourcesOf(local);
    return source === undefined || projectReaders().hasOnlyPaths(source);
  });
