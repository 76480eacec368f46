import { asWord, isSettingOption, optionsOf } from '../lines/line-options';
import { physicalLines } from '../lines/logical-lines';
import type { RequirementsLine } from '../lines/requirements-file';
import { readRequirements } from '../lines/requirements-file';
import { withoutOptions } from '../lines/without-options';

/** A requirement with its options but without its settings; undefined if it has no settings. */
const plainLine = (line: RequirementsLine): string | undefined => {
  if (line._tag !== 'Named' && line._tag !== 'LocalPackage') return undefined;
  const options = optionsOf(line);
  return options.some(isSettingOption)
    ? [
        withoutOptions(line.text),
        ...options
          .filter((option) => !isSettingOption(option))
          .map(({ name, value }) => (value === undefined ? name : `${name}=${asWord(value)}`)),
      ].join(' ')
    : undefined;
};

/**
 * Removes the build settings from a requirements file. Installers get them as arguments, because uv reads none in a
 * file.
 */
export const withoutConfigSettings = (text: string): string => {
  const edits = readRequirements(text).flatMap((line) => {
    const plain = plainLine(line);
    return plain === undefined ? [] : [{ ...line.at, plain }];
  });
  if (edits.length === 0) return text;
  return physicalLines(text)
    .flatMap((line, index) => {
      const edit = edits.find(({ from, to }) => from <= index + 1 && index + 1 <= to);
      return edit === undefined ? line : index + 1 === edit.from ? edit.plain : [];
    })
    .join('\n');
};
