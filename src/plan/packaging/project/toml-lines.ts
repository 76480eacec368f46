/*
 * The parser says nothing of where a value stands, so these look for it in the text. They only serve messages: a table that
 * is written in an unusual way (one in another's braces, say) is found at the line of the nearest table around it, and text
 * within a multi-line string may be taken for a header.
 */

const linesOf = (text: string): readonly string[] => text.split(/\r\n|\n/);

/** The parts of a dotted key, without their quotes. */
const partsOf = (key: string): readonly string[] =>
  (key.match(/"[^"]*"|'[^']*'|[\w-]+/g) ?? []).map((part) => part.replace(/^(["'])(.*)\1$/, '$2'));

/** Whether one key path begins another. */
const begins = (start: readonly string[], path: readonly string[]): boolean =>
  start.length <= path.length && start.every((part, index) => part === path[index]);

const HEADER = /^[ \t]*\[\[?([^\]]*)\]/;
const KEY = /^[ \t]*((?:"[^"]*"|'[^']*'|[\w-]+)(?:[ \t]*\.[ \t]*(?:"[^"]*"|'[^']*'|[\w-]+))*)[ \t]*=/;

/** The line, from 1, of each `[[name]]` in a text, in order. */
export const arrayHeaderLines = (text: string, name: string): readonly number[] =>
  linesOf(text).flatMap((line, index) => {
    const [, found] = /^[ \t]*\[\[([^\]]*)\]\]/.exec(line) ?? [];
    return found !== undefined && partsOf(found).join('.') === name ? index + 1 : [];
  });

/** The line of a key path, or of the longest beginning of it that is written out. */
const nearest = (
  text: string,
  path: readonly string[],
  from: number,
): { readonly line: number; readonly depth: number } => {
  let table: readonly string[] = [];
  let best = { line: from, depth: 0 };
  for (const [index, line] of linesOf(text).entries()) {
    if (index + 1 < from) continue;
    const header = HEADER.exec(line)?.[1];
    const key = header === undefined ? KEY.exec(line)?.[1] : undefined;
    if (header !== undefined) table = partsOf(header);
    const here = header !== undefined ? table : key === undefined ? [] : [...table, ...partsOf(key)];
    if (here.length > best.depth && begins(here, path)) best = { line: index + 1, depth: here.length };
  }
  return best;
};

/**
 * The line, from 1, of a key or table. Where it is not written out, it is the line of the nearest table around it, or
 * else the first line.
 *
 * @param from - The first line to search, such as that of a `[[package]]`
 */
export const lineOfKey = (text: string, path: readonly string[], from = 1): number =>
  nearest(text, path, from).line;

/** The line, from 1, of the first key or table that is written out; else the first line. */
export const lineOfFirst = (text: string, paths: readonly (readonly string[])[]): number =>
  paths
    .map((path) => ({ path, found: nearest(text, path, 1) }))
    .find(({ path, found }) => found.depth === path.length)?.found.line ?? 1;

/** The line, from 1, of the first string with this value at or after a line; else that line itself. */
export const lineOfString = (text: string, value: string, from: number): number => {
  const written = [`'${value}'`, `"${value}"`, `"${value.replaceAll('"', '\\"')}"`];
  const found = linesOf(text).findIndex(
    (line, index) => index + 1 >= from && written.some((each) => line.includes(each)),
  );
  return found === -1 ? from : found + 1;
};
