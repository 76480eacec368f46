/** A table; its first columns are text, the others are figures. */
export const table = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  textColumns = 1,
): string =>
  [head, head.map((_, index) => (index < textColumns ? ':--' : '--:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

/** A number with as many places as its size asks for; a dash where there is none. */
export const number = (value: number | undefined, places?: number): string => {
  if (value === undefined || Number.isNaN(value)) return '–';
  const size = Math.abs(value);
  return value.toFixed(places ?? (size >= 100 ? 0 : size >= 10 ? 1 : 2));
};

export const megabytes = (bytes: number): string => number(bytes / 1e6);
