/** A line of a requirements file. */
interface Written {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** Two lines of requirements files that contradict each other on the target. */
export interface ConflictingRequirements extends Written {
  readonly _tag: 'ConflictingRequirements';
  readonly about: 'versions' | 'hashes' | 'indexes';
  readonly other: Written;
}

const WITH_MARKERS = 'give them markers that exclude each other';

/** Why the two lines exclude each other, and the alternative to removing one. */
const WORDS: Readonly<
  Record<ConflictingRequirements['about'], { readonly why: string; readonly or: string }>
> = {
  versions: { why: 'no version is both', or: WITH_MARKERS },
  hashes: { why: 'no file has a hash of both', or: WITH_MARKERS },
  indexes: {
    why: 'there is only one default index, and pip would silently use the last one',
    or: 'write it as `--extra-index-url`',
  },
};

export const showConflictingRequirements = ({
  file,
  line,
  text,
  about,
  other,
}: ConflictingRequirements): string =>
  `${file}:${line} requires ${text}, but ${other.file}:${other.line} requires ${other.text}: ${WORDS[about].why}. Remove one of the two lines, or ${WORDS[about].or}.`;
