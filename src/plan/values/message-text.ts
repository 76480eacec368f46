export const mebibytes = (bytes: number): string => (bytes / (1024 * 1024)).toFixed(1);

/** Lists paths, one on each line. */
export const list = (paths: readonly string[]): string => paths.map((path) => `\n  - ${path}`).join('');

/** Cuts a text that is too long to read. */
export const shortened = (text: string): string => (text.length > 400 ? `${text.slice(0, 400)}…` : text);

/** Indents the output of a tool, to set it off from the message. */
export const indented = (output: string): string =>
  output
    .split('\n')
    .map((line) => `  | ${line}`)
    .join('\n');

/** A message without its advice and without its final full stop. */
export const firstSentence = (text: string): string => text.replace(/\. .*$/s, '');
