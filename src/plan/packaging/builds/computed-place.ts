/** A part of a path that is only known when the script runs. */
export const OPEN_PART = null;

/** A place that a script computes: so many folders up from the package's folder, and then down. */
export interface ComputedPlace {
  readonly up: number;
  readonly down: readonly (string | typeof OPEN_PART)[];
}

/** The folder of the package. */
export const PACKAGE_FOLDER: ComputedPlace = { up: 0, down: [] };

/** An unknown expression counts as a file in the package's folder. */
export const UNKNOWN_PLACE: ComputedPlace = { up: 0, down: [OPEN_PART] };

/** A script that climbs further (in a loop) counts as climbing to the top. */
const HIGHEST = 12;

/** The parent folder of a place. */
export const above = ({ up, down }: ComputedPlace): ComputedPlace =>
  down.length > 0 ? { up, down: down.slice(0, -1) } : { up: Math.min(up + 1, HIGHEST), down };

const step = (place: ComputedPlace, part: string): ComputedPlace => {
  if (part === '' || part === '.') return place;
  return part === '..' ? above(place) : { ...place, down: [...place.down, part] };
};

/** Resolves a relative path from a place. */
export const fromPlace = (place: ComputedPlace, relative: string): ComputedPlace =>
  relative.split(/[/\\]/).reduce(step, place);

/** A place below another that is only known when the script runs. */
export const somewhereIn = (place: ComputedPlace): ComputedPlace => ({
  ...place,
  down: [...place.down, OPEN_PART],
});

/** A valid file name. A text in a script may be anything. */
const NAME = /^[^\0-\x1f/]{1,80}$/;

/**
 * The path of a place outside of the package, as far as it is known; undefined where only the folders above are known.
 */
export const outsidePath = ({ up, down }: ComputedPlace): string | undefined => {
  const end = down.indexOf(OPEN_PART);
  const known = down.slice(0, end < 0 ? undefined : end);
  return up === 0 || known.length === 0 || known.some((part) => part !== OPEN_PART && !NAME.test(part))
    ? undefined
    : [...Array<string>(up).fill('..'), ...known].join('/');
};
