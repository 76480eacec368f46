/** A block of metadata in a script's comments. */
interface ScriptBlock {
  /** The TOML without the comment signs, with the same lines as in the script. */
  readonly text: string;
  /** The line of `# /// script` in the script, from 1. */
  readonly line: number;
}

const OPENING = /^# \/\/\/ ([a-zA-Z0-9-]+)$/;

const isContent = (line: string): boolean => line === '#' || line.startsWith('# ');

/** The lines of a block without `# `. */
const contentOf = (lines: readonly string[]): string =>
  lines.map((line) => (line.startsWith('# ') ? line.slice(2) : line.slice(1))).join('\n');

/**
 * The blocks of a type in a script. As in the PEP's regular expression, a block extends to the last `# ///` of the
 * comment lines after its opening. A block without an end or without content does not count.
 *
 * @see PEP 723, "Reference implementation"
 */
export const scriptBlocks = (source: string, type: string): readonly ScriptBlock[] => {
  const lines = source.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  const blocks: ScriptBlock[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const found = OPENING.exec(lines[at] ?? '')?.[1];
    if (found === undefined) continue;
    let after = at + 1;
    while (after < lines.length && isContent(lines[after] ?? '')) after += 1;
    const end = at + lines.slice(at, after).lastIndexOf('# ///');
    // Without an end line, no other block can begin within these comment lines.
    if (end <= at + 1) {
      at = after - 1;
      continue;
    }
    if (found === type) blocks.push({ text: contentOf(lines.slice(at + 1, end)), line: at + 1 });
    at = end;
  }
  return blocks;
};
