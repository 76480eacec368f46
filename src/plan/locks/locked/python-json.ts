/** How Python's `json.dumps` puts white space: `(", ", ": ")` when it is not told otherwise, `(",", ":")` where asked. */
export type JsonSeparators = 'spaced' | 'compact';

/** Everything that is not printable ASCII goes as `\uXXXX`, for each UTF-16 unit, as with `ensure_ascii=True`. */
const writeText = (text: string): string =>
  JSON.stringify(text).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Python orders texts by code point; JavaScript itself by UTF-16 unit, which has emoji before some of Asia's letters. */
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
 * A value as Python's `json.dumps(value, sort_keys=True)` writes it, byte for byte; null where that cannot be told. What is not there is `None`. Whole
 * numbers are bigints: a `number` may have been `1` or `1.0`, and Python writes floats in a way of its own.
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
