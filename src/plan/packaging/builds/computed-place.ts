/** A part of a path that only a run of the script decides. */
export const OPEN_PART = null;

/** A place as a script computes it: so many folders above that of the package, and from there so far down. */
export interface ComputedPlace {
  readonly up: number;
  readonly down: readonly (string | typeof OPEN_PART)[];
}

/** The folder of the package. */
export const PACKAGE_FOLDER: ComputedPlace = { up: 0, down: [] };

/** What is not understood is taken for a file in the folder of the package. */
export const UNKNOWN_PLACE: ComputedPlace = { up: 0, down: [OPEN_PART] };

/** A script that climbs further (in a loop) climbs to the top. */
const HIGHEST = 12;

/** The folder that a place lies in. */
export const above = ({ up, down }: ComputedPlace): ComputedPlace =>
  down.length > 0 ? { up, down: down.slice(0, -1) } : { up: Math.min(up + 1, HIGHEST), down };

const step = (place: ComputedPlace, part: string): ComputedPlace => {
  if (part === '' || part === '.') return place;
  return part === '..' ? above(place) : { ...place, down: [...place.down, part] };
};

/** What a relative path names, seen from a place. */
export const fromPlace = (place: ComputedPlace, relative: string): ComputedPlace =>
  relative.split(/[/\\]/).reduce(step, place);

/** A place below another, which only a run of the script decides. */
export const somewhereIn = (place: ComputedPlace): ComputedPlace => ({
  ...place,
  down: [...place.down, OPEN_PART],
});

/** What file systems take as a name. A text of a script may be anything. */
const NAME = /^[^\0-\x1f/]{1,80}$/;

/** The path of a place outside of the package, as far as the text decides it; undefined where only the folder above is known. */
export const outsidePath = ({ up, down }: ComputedPlace): string | undefined => {
  const end = down.indexOf(OPEN_PART);
  const known = down.slice(0, end < 0 ? undefined : end);
  return up === 0 || known.length === 0 || known.some((part) => part !== OPEN_PART && !NAME.test(part))
    ? undefined
    : [...Array<string>(up).fill('..'), ...known].join('/');
};
