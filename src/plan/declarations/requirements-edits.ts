import * as path from 'node:path';
import type { GatheredLayout } from './gathered-layout';
import { sha256 } from '../hash';
import type { LineEdit } from '../install-plan';
import { lineTarget } from './line-target';
import { physicalLines } from './logical-lines';
import type { RequirementsLine } from './requirements-file';
import { isRemote } from '../packaging/local-reference';
import { readRequirements } from './requirements-file';
import type { RequirementsText } from '../source-snapshot';
import { textForKey } from './text-for-key';

/** A path that pip and uv take for one, even where it has no slash in it. */
export const asPath = (relative: string): string => (relative.startsWith('.') ? relative : `./${relative}`);

/** An option's value that pip and uv read as one word. */
const asWord = (value: string): string =>
  !/[\s"'\\]/.test(value) ? value : value.includes('"') ? `'${value}'` : `"${value}"`;

/** The one way of writing a line that points to a file, in which both installers find it from any machine. */
const rewritten = (
  line: RequirementsLine,
  file: string,
  workingFolder: string,
  place: GatheredLayout['place'],
): string | undefined => {
  if (!('target' in line) || isRemote(line.target)) return undefined;
  const seenFrom = line._tag === 'LocalPackage' ? workingFolder : path.dirname(file);
  const target = place(lineTarget(line, file, workingFolder));
  const relative = path.posix.relative(`/${place(seenFrom)}`, `/${target}`) || '.';
  switch (line._tag) {
    case 'Include':
      return `${line.flag} ${asWord(relative)}`;
    case 'FindLinks':
      return `--find-links ${asWord(relative)}`;
    case 'LocalPackage':
      return `${asPath(relative)}${line.rest}`;
  }
};

/**
 * The lines of a file that cannot stay as they are: paths of this machine, `-e`, which Lambda cannot follow, and
 * spellings that only one of uv and pip reads.
 */
export const lineEdits = (
  { file, text }: RequirementsText,
  workingFolder: string,
  { place }: GatheredLayout,
): readonly LineEdit[] =>
  readRequirements(text).flatMap((line) => {
    const better = rewritten(line, file, workingFolder, place);
    const stays = better === undefined || (better === line.text && line.at.from === line.at.to);
    return stays ? [] : { ...line.at, text: better };
  });

/** Lines of `-e URL`, which uv does not read and Lambda cannot follow. They may hold a password, so no plan says them. */
const editableUrls = (text: string): readonly LineEdit[] =>
  readRequirements(text).flatMap((line) =>
    line._tag === 'Named' && line.editable ? { ...line.at, text: line.text } : [],
  );

/**
 * A text with edits, and without editable URLs; the other lines keep their content, and where there is something to write
 * anew, every line ends in a line feed.
 */
export const applyEdits = (text: string, edits: readonly LineEdit[]): string => {
  const all = [...edits, ...editableUrls(text)];
  if (all.length === 0) return text;
  // The first of two that begin on one line counts; a file may have thousands of each.
  const beginning = new Map([...all].reverse().map((edit) => [edit.from, edit]));
  let replaced = 0;
  return physicalLines(text)
    .flatMap((line, index) => {
      const number = index + 1;
      if (number <= replaced) return [];
      const edit = beginning.get(number);
      if (edit === undefined) return line;
      replaced = edit.to;
      return edit.text;
    })
    .join('\n');
};

/** What a requirements file counts for in a hash: its text after the edits, without credentials. */
export const requirementsDigest = (text: string, edits: readonly LineEdit[]): string =>
  sha256(textForKey(applyEdits(text, edits)));
