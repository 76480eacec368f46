export const mebibytes = (bytes: number): string => (bytes / (1024 * 1024)).toFixed(1);

/** Paths, a line each. */
export const list = (paths: readonly string[]): string => paths.map((path) => `\n  - ${path}`).join('');

/** The beginning of a long text. */
export const shortened = (text: string): string => (text.length > 400 ? `${text.slice(0, 400)}…` : text);

/** The output of a tool, set off from the words of the message. */
export const indented = (output: string): string =>
  output
    .split('\n')
    .map((line) => `  | ${line}`)
    .join('\n');

/** A message without its advice and without the dot at its end. */
export const firstSentence = (text: string): string => text.replace(/\. .*$/s, '');
