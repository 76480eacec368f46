import * as t from 'io-ts';
import { closed, list, Natural } from '../values/codecs';

/**
 * A requirement that does not fix what it installs, and its place.
 *
 * @since 0.1.0
 */
export interface UnpinnedLine {
  /** Absolute path. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Without hashes, and without passwords in URLs. */
  readonly requirement: string;
}

/**
 * A declaration that does not fix what is installed: a warning, or an error if `dependencies.requirePinned` is set.
 *
 * @since 0.1.0
 */
export interface NotPinned {
  readonly _tag: 'NotPinned';
  /** Absolute path of the declaration. */
  readonly file: string;
  /** Empty if each line names one version, and only the versions of further dependencies are open. */
  readonly lines: readonly UnpinnedLine[];
  /** The command that locks the declaration. */
  readonly command: string;
}

const UnpinnedLine: t.Type<UnpinnedLine> = closed(
  { file: t.string, line: Natural, requirement: t.string },
  'UnpinnedLine',
);

export const NotPinned: t.Type<NotPinned> = closed(
  { _tag: t.literal('NotPinned'), file: t.string, lines: list(UnpinnedLine), command: t.string },
  'NotPinned',
);

/** The largest number of lines that a message lists. */
const SHOWN = 5;

const linesOf = (lines: readonly UnpinnedLine[]): string => {
  if (lines.length === 0)
    return 'Its lines name versions, but nothing fixes the versions of further dependencies.';
  const shown = lines
    .slice(0, SHOWN)
    .map(({ file, line, requirement }) => `${requirement} (${file}:${line})`)
    .join(', ');
  return `Not pinned: ${shown}${lines.length > SHOWN ? `, and ${lines.length - SHOWN} more` : ''}.`;
};

/** The first sentences of a message about it, without advice. */
export const showNotPinned = ({ file, lines }: NotPinned): string =>
  `${file} does not fix what is installed: another day or another machine may install other versions under the same hash. ${linesOf(lines)}`;
