import type { Claim, Clash } from './clashes';
import { clashesIn, hasContentOf, winnerOf } from './clashes';

/** The most files to report: two builds of one distribution share all their files. */
const MOST_TOLD = 5;

/** An install whose shared files are reported. */
interface Shared {
  /** Folder with the metadata of the installed distributions. */
  readonly records: string;
  /** Folder of the modules. */
  readonly tree: string;
  /** Names of distributions to leave out. */
  readonly omitted: readonly string[];
  /** Whether this library has installed by the rule for clashes, and not a user's own command. */
  readonly isSettled: boolean;
}

/**
 * A warning for each file of the bundle that two distributions list with different content. Files with the same
 * content, such as the `__init__.py` of a shared package, get none.
 */
export const sharedFiles = (shared: Shared, isGone: (file: string) => boolean): readonly string[] => {
  const { records, omitted } = shared;
  const lines = clashesIn(records, omitted)
    .filter(({ file }) => !isGone(file))
    .flatMap((clash) => show(shared, withoutGone(clash, isGone)));
  const more = lines.length - MOST_TOLD;
  return [...lines.slice(0, MOST_TOLD), ...(more > 0 ? [`and ${more} more files of two distributions`] : [])];
};

/** A clash without the distributions whose metadata is left out; undefined if no clash remains. */
const withoutGone = ({ file, claims }: Clash, isGone: (file: string) => boolean): Clash | undefined => {
  const [first, second, ...more] = claims.filter(
    ({ distribution }) => !isGone(`${distribution}.dist-info/METADATA`),
  );
  return first === undefined || second === undefined ? undefined : { file, claims: [first, second, ...more] };
};

const show = ({ tree, isSettled }: Shared, clash: Clash | undefined): readonly string[] => {
  if (clash === undefined) return [];
  const { file, claims } = clash;
  const winner = winnerOf(clash);
  const others = claims.slice(0, -1).map(({ distribution }) => distribution);
  const begin = `${file} is a file of both ${others.join(', ')} and ${winner.distribution}, and`;
  const isOf = (claim: Claim): boolean => hasContentOf(tree, file, claim);
  if (isOf(winner) || (isSettled && winner.hash === ''))
    return [`${begin} the bundle has the file of ${winner.distribution}, whose name sorts last`];
  const there = claims.find(isOf);
  return there === undefined
    ? [`${begin} one has replaced the other's`]
    : [`${begin} the bundle has the file of ${there.distribution}`];
};
