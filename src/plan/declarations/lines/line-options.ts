import { isRemote } from '../../packaging/local/local-reference';

/**
 * The options that pip or uv reads in a requirements file, and whether a value follows. Those that older versions of pip have
 * read, from the oldest that is used on, are among them.
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
  /** As it is written. */
  readonly name: string;
  /** What it is in full, as pip takes `--ha` for `--hash`; null where it is none. */
  readonly known: string | null;
  /** Undefined where none follows. */
  readonly value: string | undefined;
  readonly takesValue: boolean;
}

/** Words as a shell splits them, for so does pip. */
const wordsOf = (text: string): readonly string[] =>
  (text.match(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*'|["'\\])+/gs) ?? []).map((word) =>
    word.replace(/\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'/gs, (_, ...[plain, double, single]: string[]) =>
      String(plain ?? double ?? single),
    ),
  );

/** An abbreviation of several options is none: which one pip takes depends on its version. */
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

/** An option's value that pip and uv read as one word. */
export const asWord = (value: string): string =>
  !/[\s"'\\]/.test(value) ? value : value.includes('"') ? `'${value}'` : `"${value}"`;

/** Options whose value is a file with lines of its own, or a requirement. */
const HAS_LINES = ['-r', '--requirement', '-c', '--constraint', '-e', '--editable'];

/** A line as `readRequirements` gives it, which reads options itself. */
interface ReadLine {
  readonly _tag: string;
  readonly text: string;
}

/** The options of a line that has nothing else. */
export const standaloneOptions = ({ _tag, text }: ReadLine): readonly LineOption[] =>
  _tag === 'Option' ? lineOptions(text) : [];

/** The same, and those that follow a requirement; not of includes, whose paths may have a dash in them. */
export const optionsOf = (line: ReadLine): readonly LineOption[] =>
  line._tag === 'Named' || line._tag === 'LocalPackage'
    ? lineOptions(/\s(-.*)$/s.exec(line.text)?.[1] ?? '')
    : standaloneOptions(line);

const CONFIG_SETTINGS: readonly (string | null)[] = ['-C', '--config-setting', '--config-settings'];

/** Whether an option hands a setting to the build of the requirement before it. */
export const isSettingOption = ({ known }: LineOption): boolean => CONFIG_SETTINGS.includes(known);

const isLinks = (known: string | null): boolean => known === '-f' || known === '--find-links';

/**
 * A line of several options as lines of one each, for uv reads no more than one; the line itself where it has one, one that
 * nothing reads, or two folders of links.
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

/** The options of a line's end, in order: what is neither an option nor a value of one is passed over, as it is by pip. */
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
