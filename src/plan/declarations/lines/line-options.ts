import { isRemote } from '../../packaging/local/local-reference';

/**
 * The options that pip or uv read in a requirements file, and whether each takes a value. They include options that
 * only older versions of pip read, from the oldest version that is still in use.
 *
 * @see https://pip.pypa.io/en/stable/reference/requirements-file-format/#supported-options
 */
const TAKES_VALUE: Readonly<Record<string, boolean>> = {
  '-C': true,
  '-c': true,
  '-e': true,
  '-f': true,
  '-i': true,
  '-r': true,
  '--all-releases': true,
  '--config-setting': true,
  '--config-settings': true,
  '--constraint': true,
  '--editable': true,
  '--extra-index-url': true,
  '--find-links': true,
  '--global-option': true,
  '--hash': true,
  '--index-url': true,
  '--install-option': true,
  '--no-binary': true,
  '--no-index': false,
  '--only-binary': true,
  '--only-final': true,
  '--pre': false,
  '--prefer-binary': false,
  '--pypi-url': true,
  '--require-hashes': false,
  '--requirement': true,
  '--trusted-host': true,
  '--use-feature': true,
};

/** An option of a line. */
export interface LineOption {
  /** The name as it is written. */
  readonly name: string;
  /** The full name, because pip accepts `--ha` for `--hash`; null if the option is unknown. */
  readonly known: string | null;
  /** Undefined if the option has no value. */
  readonly value: string | undefined;
  readonly takesValue: boolean;
}

/** Splits a text into words as a shell does, because pip does so. */
const wordsOf = (text: string): readonly string[] =>
  (text.match(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*'|["'\\])+/gs) ?? []).map((word) =>
    word.replace(/\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'/gs, (_, ...[plain, double, single]: string[]) =>
      String(plain ?? double ?? single),
    ),
  );

/** An abbreviation that fits several options is unknown: pip's version decides which one it means. */
const inFull = (name: string): string | null => {
  if (Object.hasOwn(TAKES_VALUE, name)) return name;
  const [first, second] = Object.keys(TAKES_VALUE).filter((each) => name.length > 2 && each.startsWith(name));
  return second === undefined ? (first ?? null) : null;
};

/** `--name=value`, or `-nvalue`. */
const split = (word: string): readonly [string, string | undefined] => {
  const [, long = word, value] = /^(--[^=]*)=(.*)$/s.exec(word) ?? [];
  if (word.startsWith('--')) return [long, value];
  return word.length > 2 ? [word.slice(0, 2), word.slice(2)] : [word, undefined];
};

/** Writes an option's value so that pip and uv read it as one word. */
export const asWord = (value: string): string =>
  !/[\s"'\\]/.test(value) ? value : value.includes('"') ? `'${value}'` : `"${value}"`;

/** Options whose value is a file with its own lines, or a requirement. */
const HAS_LINES = ['-r', '--requirement', '-c', '--constraint', '-e', '--editable'];

/** A line that `readRequirements` returns. That function itself reads options, so its type is not imported here. */
interface ReadLine {
  readonly _tag: string;
  readonly text: string;
}

/** The options of a line that has only options. */
export const standaloneOptions = ({ _tag, text }: ReadLine): readonly LineOption[] =>
  _tag === 'Option' ? lineOptions(text) : [];

/**
 * All options of a line, also those after a requirement. Includes have none, because their paths may contain a dash.
 */
export const optionsOf = (line: ReadLine): readonly LineOption[] =>
  line._tag === 'Named' || line._tag === 'LocalPackage'
    ? lineOptions(/\s(-.*)$/s.exec(line.text)?.[1] ?? '')
    : standaloneOptions(line);

const CONFIG_SETTINGS: readonly (string | null)[] = ['-C', '--config-setting', '--config-settings'];

/** Whether an option passes a setting to the build of the requirement before it. */
export const isSettingOption = ({ known }: LineOption): boolean => CONFIG_SETTINGS.includes(known);

const isLinks = (known: string | null): boolean => known === '-f' || known === '--find-links';

/**
 * Splits a line of several options into lines of one option each, because uv reads only one. The line stays as it is if
 * it has one option, an option that nothing reads, or two folders of links.
 */
export const oneOptionEach = (text: string): readonly string[] => {
  const options = lineOptions(text);
  const isRead = options.every(
    ({ known, takesValue, value = '' }) =>
      known !== null && !HAS_LINES.includes(known) && (!takesValue || value !== ''),
  );
  const links = options.filter(({ known, value = '' }) => isLinks(known) && !isRemote(value));
  return options.length < 2 || !isRead || links.length > 1
    ? [text]
    : options.map(({ known, value }) => [known, ...(value === undefined ? [] : [asWord(value)])].join(' '));
};

/** The options of a text, in order. As in pip, words that are neither an option nor its value are ignored. */
export const lineOptions = (text: string): readonly LineOption[] => {
  const options: LineOption[] = [];
  const words = [...wordsOf(text)];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (!/^-(-?[A-Za-z]|-$)/.test(word)) continue;
    const [name, given] = split(word);
    const known = inFull(name);
    const takesValue = known !== null && TAKES_VALUE[known] === true;
    options.push({ name, known, takesValue, value: given ?? (takesValue ? words.shift() : undefined) });
  }
  return options;
};
