/** The separators of Python's `json.dumps`: by default `(", ", ": ")`, or `(",", ":")`. */
export type JsonSeparators = 'spaced' | 'compact';

/** Writes each UTF-16 unit that is not printable ASCII as `\uXXXX`, like `ensure_ascii=True`. */
const writeText = (text: string): string =>
  JSON.stringify(text).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/**
 * Python orders texts by code point. JavaScript orders them by UTF-16 unit, which puts emoji before some Asian letters.
 */
const byCodePoint = (a: string, b: string): number => {
  const [first, second] = [[...a], [...b]];
  const at = first.findIndex((character, index) => character !== second[index]);
  if (at === -1) return first.length - second.length;
  return (first[at]?.codePointAt(0) ?? 0) - (second[at]?.codePointAt(0) ?? -1);
};

const join = (
  parts: readonly (string | null)[],
  open: string,
  comma: string,
  close: string,
): string | null => (parts.includes(null) ? null : `${open}${parts.join(comma)}${close}`);

/**
 * The exact text that Python's `json.dumps(value, sort_keys=True)` writes for a value; null if that is not known.
 * `undefined` is `None`. Integers must be bigints: a `number` may have been `1` or `1.0`, and Python writes floats in
 * its own way.
 */
export const pythonJson = (value: unknown, separators: JsonSeparators): string | null => {
  const [comma, colon] = separators === 'spaced' ? [', ', ': '] : [',', ':'];
  const write = (inner: unknown): string | null => {
    if (inner === null || inner === undefined) return 'null';
    if (typeof inner === 'string') return writeText(inner);
    if (typeof inner === 'boolean' || typeof inner === 'bigint') return String(inner);
    if (Array.isArray(inner)) return join(inner.map(write), '[', comma, ']');
    if (typeof inner !== 'object' || inner instanceof Date) return null;
    const members = Object.entries(inner)
      .sort(([a], [b]) => byCodePoint(a, b))
      .map(([key, member]) => {
        const text = write(member);
        return text === null ? null : `${writeText(key)}${colon}${text}`;
      });
    return join(members, '{', comma, '}');
  };
  return write(value);
};
