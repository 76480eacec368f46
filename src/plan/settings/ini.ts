import type { Either } from 'fp-ts/Either';
import { left, right } from 'fp-ts/Either';

/** A setting of an INI file. */
export interface IniSetting {
  readonly section: string;
  /** In lower case. */
  readonly key: string;
  /** The lines of a continued value, joined by line breaks. */
  readonly value: string;
  /** From 1. */
  readonly line: number;
}

/** An error in an INI file. */
interface IniFault {
  /** From 1. */
  readonly line: number;
  readonly reason: string;
}

const SECTION = /^\[(.+)\]/;
const OPTION = /^(.*?)\s*(?:[=:]\s*(.*))$/;

/**
 * Reads an INI file by the rules of Python's `RawConfigParser`, which pip uses. Options have `=` or `:`, comments are
 * lines that begin with `#` or `;`, and a value continues on lines with a deeper indent. A duplicate section or option
 * is an error.
 */
export const readIni = (text: string): Either<IniFault, readonly IniSetting[]> => {
  const settings: { section: string; key: string; lines: string[]; line: number }[] = [];
  const seen = new Set<string>();
  let section: string | undefined;
  let indent = 0;
  let isInValue = false;
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = index + 1;
    const value = raw.trim();
    if (value === '' || /^[#;]/.test(value)) {
      // Python keeps an empty line inside a continued value, and drops a comment.
      if (value === '' && isInValue) settings.at(-1)?.lines.push('');
      if (value === '') continue;
      continue;
    }
    const depth = raw.length - raw.trimStart().length;
    if (isInValue && depth > indent) {
      settings.at(-1)?.lines.push(value);
      continue;
    }
    indent = depth;
    isInValue = false;
    const [, name] = SECTION.exec(value) ?? [];
    if (name !== undefined) {
      if (name !== 'DEFAULT' && seen.has(name))
        return left({ line, reason: `the section [${name}] occurs twice` });
      seen.add(name);
      section = name;
      continue;
    }
    if (section === undefined) return left({ line, reason: 'a section such as [global] must come first' });
    const [, option, first] = OPTION.exec(value) ?? [];
    if (option === undefined || option === '' || first === undefined)
      return left({ line, reason: 'neither a section nor an option with "=" or ":"' });
    const key = option.toLowerCase();
    if (seen.has(`${section}\n${key}`)) return left({ line, reason: `${key} occurs twice` });
    seen.add(`${section}\n${key}`);
    settings.push({ section, key, lines: [first], line });
    isInValue = true;
  }
  return right(
    settings.map(({ lines, ...setting }) => ({ ...setting, value: lines.join('\n').replace(/\n+$/, '') })),
  );
};
