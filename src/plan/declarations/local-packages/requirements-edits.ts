import * as path from 'node:path';
import type { GatheredLayout } from './gathered-layout';
import { sha256 } from '../../values/hash';
import type { LineEdit } from '../../model/install-plan';
import { asWord } from '../lines/line-options';
import { lineTarget } from '../lines/line-target';
import { physicalLines } from '../lines/logical-lines';
import type { RequirementsLine } from '../lines/requirements-file';
import { isRemote } from '../../packaging/local/local-reference';
import { readRequirements } from '../lines/requirements-file';
import type { RequirementsText } from '../../model/source-snapshot';
import { withoutOptions } from '../lines/without-options';
import { textForKey } from '../lines/text-for-key';

/** A path that pip and uv recognize as a path even if it has no slash. */
export const asPath = (relative: string): string => (relative.startsWith('.') ? relative : `./${relative}`);

/** The spelling of a line with a path that both installers understand on any machine. */
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
 * The edits for lines that cannot stay: paths of this machine, `-e`, which Lambda cannot follow, and spellings that
 * only one of uv and pip reads.
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

type Lines = readonly [RequirementsLine, ...RequirementsLine[]];

/** Groups the lines by their place, because one line may have several options. */
const together = (lines: readonly RequirementsLine[]): readonly Lines[] => {
  const all: [RequirementsLine, ...RequirementsLine[]][] = [];
  for (const line of lines) {
    const last = all.at(-1);
    if (last?.[0].at.from === line.at.from) last.push(line);
    else all.push([line]);
  }
  return all;
};

/** uv joins lines only if the next one begins with an option, as in `name==1 \\` and `--hash=…`. */
const isReadByBoth = ({ _tag, text, at }: RequirementsLine, physical: readonly string[]): boolean => {
  if (at.from === at.to) return true;
  const first = (physical[at.from - 1] ?? '').replace(/\\\s*$/, '').trim();
  return _tag === 'Named' && first.length >= withoutOptions(text).length;
};

/**
 * Rewrites lines that only one of uv and pip reads so that both do: `-e URL`, which Lambda cannot follow either,
 * several options on one line, and a requirement that is continued on the next line. Plans do not list these edits,
 * because they follow from the text and may hold a password.
 */
const ownEdits = (text: string): readonly LineEdit[] => {
  const physical = physicalLines(text);
  return together(readRequirements(text)).flatMap((lines) => {
    const [line] = lines;
    const isOpen = line._tag === 'Named' || line._tag === 'Option';
    const isEditable = line._tag === 'Named' && line.editable;
    const stays = lines.length === 1 && !isEditable && (!isOpen || isReadByBoth(line, physical));
    return stays ? [] : { ...line.at, text: lines.map((one) => one.text).join('\n') };
  });
};

/** The lines of an own edit, with the folder of links that the plan has. */
const withLinks = (own: string, planned: string): string =>
  own
    .split('\n')
    .map((line) => (readRequirements(line)[0]?._tag === 'FindLinks' ? planned : line))
    .join('\n');

/**
 * Applies the edits of a plan and those that follow from the text. Other lines keep their content. If any line is
 * replaced, every line ends in a line feed.
 */
export const applyEdits = (text: string, edits: readonly LineEdit[]): string => {
  const own = new Map(ownEdits(text).map((edit) => [edit.from, edit]));
  if (edits.length + own.size === 0) return text;
  const planned = new Map(edits.map((edit) => [edit.from, edit]));
  let replaced = 0;
  return physicalLines(text)
    .flatMap((line, index) => {
      const number = index + 1;
      if (number <= replaced) return [];
      const [ours, asked] = [own.get(number), planned.get(number)];
      const edit = asked ?? ours;
      if (edit === undefined) return line;
      replaced = edit.to;
      return ours?.text.includes('\n') === true && asked !== undefined
        ? withLinks(ours.text, asked.text)
        : edit.text;
    })
    .join('\n');
};

/** The digest of a requirements file in a hash: of its text after the edits, without credentials. */
export const requirementsDigest = (text: string, edits: readonly LineEdit[]): string =>
  sha256(textForKey(applyEdits(text, edits)));
