import * as path from 'node:path';
import { isRemote } from '../../packaging/local/local-reference';
import type { RequirementsSnapshot, RequirementsText } from '../../model/source-snapshot';
import { asWord } from '../lines/line-options';
import { lineTarget } from '../lines/line-target';
import { applyEdits } from './requirements-edits';
import { readRequirements } from '../lines/requirements-file';
import { withoutConfigSettings } from './without-config-settings';

/** A file that uv reads instead of the user's file. */
interface LockText {
  /** Absolute path of the user's file. */
  readonly of: string;
  /** Absolute path of the file that uv reads. */
  readonly file: string;
  readonly text: string;
}

/** The lines as both installers read them, without the build settings, which uv gets as arguments. */
const asUvReads = (text: string): string => withoutConfigSettings(applyEdits(text, []));

/** The same lines, with includes that point to the copies. Other paths are relative to the folder in which uv runs. */
const copyOf = (
  { file, text }: RequirementsText,
  folder: string,
  placeOf: (file: string) => string | undefined,
): string => {
  const edits = readRequirements(text).flatMap((line) => {
    const place =
      line._tag === 'Include' && !isRemote(line.target) ? placeOf(lineTarget(line, file, folder)) : undefined;
    return place === undefined || line._tag !== 'Include'
      ? []
      : { ...line.at, text: `${line.flag} ${asWord(place)}` };
  });
  return withoutConfigSettings(applyEdits(text, edits));
};

/**
 * Copies of a requirements file and of all files that it includes, if uv reads a line of one of them differently from
 * pip; empty if uv can read the files as they are.
 *
 * @param place absolute path of the folder for the copies
 */
export const lockTexts = ({ texts }: RequirementsSnapshot, place: string): readonly LockText[] => {
  if (texts.every(({ text }) => asUvReads(text) === text)) return [];
  const copies = new Map(
    texts.map(({ file }, index) => [file, path.join(place, String(index), path.basename(file))]),
  );
  const folder = path.dirname(texts[0].file);
  return texts.map((one) => ({
    of: one.file,
    file: copies.get(one.file) ?? one.file,
    text: copyOf(one, folder, (file) => copies.get(file)),
  }));
};
