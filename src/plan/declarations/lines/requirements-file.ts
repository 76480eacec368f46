import { editableUrl } from '../../packaging/local/editable-url';
import type { LocalReference } from '../../packaging/local/local-reference';
import { isLocal, isRemote, pathOfUrl, readLocal } from '../../packaging/local/local-reference';
import type { LineRange, LogicalLine } from './logical-lines';
import { oneOptionEach } from './line-options';
import { logicalLines } from './logical-lines';

interface Line {
  /** The line without its comment and continuations. An editable URL is written as the requirement it means. */
  readonly text: string;
  readonly at: LineRange;
}

/**
 * A line of a requirements file, by its kind. uv and pip read the file themselves. This type only finds the other files
 * that they will read, so that a hash can cover them and a container can see them.
 *
 * @see https://pip.pypa.io/en/stable/reference/requirements-file-format/
 */
export type RequirementsLine =
  /** `-r FILE` or `-c FILE`. The path is relative to the file with the line. */
  | (Line & { readonly _tag: 'Include'; readonly flag: '-r' | '-c'; readonly target: string })
  /** A file or folder of this machine. The path is relative to the folder in which the installer runs. */
  | (Line & { readonly _tag: 'LocalPackage' } & LocalReference)
  /** `--find-links FOLDER`. The path is relative to the file with the line. */
  | (Line & { readonly _tag: 'FindLinks'; readonly target: string })
  /** A named requirement, with or without a marker. */
  | (Line & { readonly _tag: 'Named'; readonly marked: boolean; readonly editable: boolean })
  /** Another option (`--index-url`, `--no-binary`, …). */
  | (Line & { readonly _tag: 'Option' });

/**
 * The value of an option in any spelling: `-rFILE`, `-r FILE`, `-r=FILE`, `--requirement FILE`, `--requirement=FILE`.
 */
const optionValue = (text: string, short: string, long: string): string | undefined =>
  (new RegExp(`^${short}\\s*=?\\s*(.+)$`, 's').exec(text) ??
    new RegExp(`^${long}(?:\\s*=\\s*|\\s+)(.+)$`, 's').exec(text))?.[1];

/** Removes the quotes around the first word of a value, and the backslashes before spaces. */
const unquoted = (value: string): string => {
  const [, , inner, after] = /^(['"])(.*?)\1(.*)/s.exec(value) ?? [];
  return inner === undefined ? value.replaceAll('\\ ', ' ') : `${inner}${after}`;
};

const pathOf = (value: string): string => (/^file:/i.test(value) ? pathOfUrl(value) : value);

/** Splits `name[extra] @ PATH` into its extras and its path. */
const direct = (text: string): { readonly extras: string; readonly target: string } | undefined => {
  const [, extras = '', target] = /^[A-Za-z0-9][\w.-]*\s*(\[[^\]]*\]\s*)?@\s*(.+)/s.exec(text) ?? [];
  const isPath = target !== undefined && isLocal(target) && !target.startsWith('${');
  return isPath ? { extras: extras.trimEnd(), target } : undefined;
};

const readRequirement = (text: string, line: Line, isEditable: boolean): RequirementsLine => {
  const named = direct(text);
  if (named !== undefined) return { _tag: 'LocalPackage', ...readLocal(named.target, named.extras), ...line };
  const hasUrl =
    isRemote(text) || /^[^/\\]*@\s*[a-z][a-z0-9+.-]*:/i.test(text) || /^[^/\\]*@\s*\$\{/.test(text);
  if (!hasUrl && (isEditable || isLocal(text))) return { _tag: 'LocalPackage', ...readLocal(text), ...line };
  const marked = /(?:\s;|;\s)/.test(text) || (!hasUrl && text.includes(';'));
  return {
    _tag: 'Named',
    marked,
    editable: isEditable,
    ...line,
    text: isEditable ? editableUrl(text) : text,
  };
};

const readLine = ({ text, at }: LogicalLine): RequirementsLine => {
  const line = { text, at };
  const requirements = optionValue(text, '-r', '--requirement');
  if (requirements !== undefined)
    return { _tag: 'Include', flag: '-r', target: pathOf(unquoted(requirements)), ...line };
  const constraints = optionValue(text, '-c', '--constraint');
  if (constraints !== undefined)
    return { _tag: 'Include', flag: '-c', target: pathOf(unquoted(constraints)), ...line };
  const editable = optionValue(text, '-e', '--editable');
  if (editable !== undefined) return readRequirement(unquoted(editable), line, true);
  const links = optionValue(text, '-f', '--find-links');
  if (links !== undefined && !isRemote(unquoted(links)))
    return { _tag: 'FindLinks', target: pathOf(unquoted(links)), ...line };
  return text.startsWith('-') ? { _tag: 'Option', ...line } : readRequirement(text, line, false);
};

/** The lines of a requirements file, in order. Each option of a line with several becomes a line of its own. */
export const readRequirements = (text: string): readonly RequirementsLine[] =>
  logicalLines(text).flatMap((line) =>
    (line.text.startsWith('-') ? oneOptionEach(line.text) : [line.text]).map((one) =>
      readLine({ text: one, at: line.at }),
    ),
  );
