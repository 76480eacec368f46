import * as path from 'node:path';
import type { GatheredLayout } from './gathered-layout';
import { sha256 } from '../hash';
import type { LineEdit } from '../install-plan';
import { asWord } from './line-options';
import { lineTarget } from './line-target';
import { physicalLines } from './logical-lines';
import type { RequirementsLine } from './requirements-file';
import { isRemote } from '../packaging/local-reference';
import { readRequirements } from './requirements-file';
import type { RequirementsText } from '../source-snapshot';
import { withoutOptions } from './without-options';
import { textForKey } from './text-for-key';

/** A path that pip and uv take for one, even where it has no slash in it. */
export const asPath = (relative: string): string => (relative.startsWith('.') ? relative : `./${relative}`);

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
): readonly LineEdit[] => {
  const physical = physicalLines(text);
  return together(readRequirements(text)).flatMap((lines) => {
    const written = lines.map((line) => rewritten(line, file, workingFolder, place) ?? line.text);
    const [line] = lines;
    const stays = lines.length === 1 && written[0] === line.text && isReadByBoth(line, physical);
    return stays ? [] : { ...line.at, text: written.join('\n') };
  });
};

type Lines = readonly [RequirementsLine, ...RequirementsLine[]];

/** The lines by where they stand: several options may stand on one. */
const together = (lines: readonly RequirementsLine[]): readonly Lines[] => {
  const all: [RequirementsLine, ...RequirementsLine[]][] = [];
  for (const line of lines) {
    const last = all.at(-1);
    if (last?.[0].at.from === line.at.from) last.push(line);
    else all.push([line]);
  }
  return all;
};

/** uv joins lines only where an option begins the next one, as in `name==1 \\` and `--hash=…`. */
const isReadByBoth = (line: RequirementsLine, physical: readonly string[]): boolean => {
  const { text, at } = line;
  // An editable URL is rewritten with the credentials in it.
  if (at.from === at.to || (line._tag === 'Named' && line.editable)) return true;
  const first = (physical[at.from - 1] ?? '').replace(/\\\s*$/, '').trim();
  return line._tag === 'Named' && first.length >= withoutOptions(text).length;
};

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
