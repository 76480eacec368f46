export const mebibytes = (bytes: number): string => (bytes / (1024 * 1024)).toFixed(1);

/** Paths, a line each. */
export const list = (paths: readonly string[]): string => paths.map((path) => `\n  - ${path}`).join('');

/** Of a text that nobody would read to its end, the beginning. */
export const shortened = (text: string): string => (text.length > 400 ? `${text.slice(0, 400)}…` : text);

/** What a tool has printed, set off from what a message says itself. */
export const indented = (output: string): string =>
  output
    .split('\n')
    .map((line) => `  | ${line}`)
    .join('\n');

/** A message without its advice and without the dot at its end. */
export const firstSentence = (text: string): string => text.replace(/\. .*$/s, '');
