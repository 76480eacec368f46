/**
 * What the lines of a requirements file point to. uv and pip read the file themselves; this only finds the other
 * files that they will read, so that a hash can cover them and a container can see them.
 *
 * @see https://pip.pypa.io/en/stable/reference/requirements-file-format/
 */
export type RequirementsLine =
  /** `-r FILE` or `-c FILE`; relative to the file that holds the line. */
  | { readonly _tag: 'Include'; readonly flag: '-r' | '-c'; readonly target: string; readonly at: LineRange }
  /** A file or folder of this machine; relative to the folder the installer runs in. */
  | {
      readonly _tag: 'LocalPackage';
      readonly target: string;
      /** Whether the line is a bare relative path: no `-e`, no URL, not absolute. */
      readonly plain: boolean;
      /** Extras, marker and options after the path. */
      readonly rest: string;
      readonly at: LineRange;
    }
  /** `--find-links FOLDER`; relative to the file that holds the line. */
  | { readonly _tag: 'FindLinks'; readonly target: string; readonly at: LineRange }
  /** A named requirement, with or without a marker. */
  | { readonly _tag: 'Named'; readonly marked: boolean; readonly at: LineRange }
  /** Another option (`--index-url`, `--no-binary`, …). */
  | { readonly _tag: 'Option'; readonly at: LineRange };

/** First and last physical line of a logical one, from 1. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

interface LogicalLine {
  readonly text: string;
  readonly at: LineRange;
}

/** Joins lines that end in a backslash, except after a comment, as pip does. */
const logicalLines = (text: string): readonly LogicalLine[] => {
  const done: LogicalLine[] = [];
  let open: { text: string; from: number } | undefined;
  text.split(/\r\n|\r|\n/).forEach((line, index) => {
    const isComment = /^\s*#/.test(line) || /\s#/.test(line);
    const continues = line.endsWith('\\') && !isComment;
    const joined = (open === undefined ? '' : `${open.text} `) + (continues ? line.slice(0, -1) : line);
    const from = open?.from ?? index + 1;
    if (continues) open = { text: joined, from };
    else {
      done.push({ text: joined, at: { from, to: index + 1 } });
      open = undefined;
    }
  });
  if (open !== undefined) done.push({ text: open.text, at: { from: open.from, to: open.from } });
  return done;
};

const withoutComment = (text: string): string => text.replace(/(^|\s+)#.*$/, '').trim();

/** The value of an option written `-rFILE`, `-r FILE`, `--requirement FILE` or `--requirement=FILE`, without quotes. */
const optionValue = (text: string, short: string | undefined, long: string): string | undefined => {
  const match =
    (short === undefined ? null : new RegExp(`^${short}\\s*(.+)$`).exec(text)) ??
    new RegExp(`^${long}(?:=|\\s+)(.+)$`).exec(text);
  return match?.[1]?.trim().replace(/^(['"])(.*)\1$/, '$2');
};

const isUrl = (target: string): boolean => /^[a-z][a-z0-9+.-]+:\/\//i.test(target) && !/^file:/i.test(target);

/** Splits `./lib[extra] ; marker --hash=…` into the path and the rest, which stays as it is. */
const splitLocal = (text: string): { readonly target: string; readonly rest: string } => {
  const cut = /(\[[^\]]*\])?(\s*;.*|\s+--.*)?$/.exec(text);
  const rest = cut === null ? '' : cut[0];
  return { target: text.slice(0, text.length - rest.length).trim(), rest };
};

/** The path of a `file:` URL, or the text itself. The fragment (`#egg=…`) is not part of a path. */
const pathOf = (target: string): string => {
  if (!/^file:/i.test(target)) return target;
  const path = target.replace(/^file:(\/\/(localhost)?(?=\/))?/i, '').replace(/#.*$/, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

const looksLocal = (text: string): boolean =>
  /^(\.|\/|~\/|[A-Za-z]:[\\/]|file:)/i.test(text) ||
  (!isUrl(text) && !/^[^/\\]*@/.test(text) && /[/\\]/.test(text.split(/[;[\s]/)[0] ?? ''));

const localPackage = (text: string, at: LineRange, asItStands: boolean): RequirementsLine => {
  const { target, rest } = splitLocal(text);
  const plain = asItStands && !/^(\/|~|[A-Za-z]:|file:)/i.test(target);
  return { _tag: 'LocalPackage', target: pathOf(target), plain, rest, at };
};

const readLine = ({ text: raw, at }: LogicalLine): RequirementsLine | undefined => {
  const text = withoutComment(raw);
  if (text === '') return undefined;
  const requirements = optionValue(text, '-r', '--requirement');
  if (requirements !== undefined) return { _tag: 'Include', flag: '-r', target: pathOf(requirements), at };
  const constraints = optionValue(text, '-c', '--constraint');
  if (constraints !== undefined) return { _tag: 'Include', flag: '-c', target: pathOf(constraints), at };
  const editable = optionValue(text, '-e', '--editable');
  if (editable !== undefined) {
    return isUrl(editable) || /^[a-z]+\+/i.test(editable)
      ? { _tag: 'Named', marked: false, at }
      : localPackage(editable, at, false);
  }
  const links = optionValue(text, '-f', '--find-links');
  if (links !== undefined)
    return isUrl(links) ? { _tag: 'Option', at } : { _tag: 'FindLinks', target: pathOf(links), at };
  if (text.startsWith('-')) return { _tag: 'Option', at };
  const direct = /^[A-Za-z0-9][\w.-]*\s*(?:\[[^\]]*\])?\s*@\s*(file:.*)$/i.exec(text)?.[1];
  if (direct !== undefined) return localPackage(direct, at, false);
  if (looksLocal(text)) return localPackage(text, at, true);
  return { _tag: 'Named', marked: text.includes(';'), at };
};

/** The meaning of each line that has one, in order. */
export const readRequirements = (text: string): readonly RequirementsLine[] =>
  logicalLines(text).flatMap((line) => readLine(line) ?? []);

/** Whether an `-r` or `-c` target is fetched from the network rather than read from this machine. */
export const isRemote = isUrl;
