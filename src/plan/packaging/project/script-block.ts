/** The metadata that a script has in its comments. */
interface ScriptBlock {
  /** TOML, without the comment signs: each of its lines is one of the script. */
  readonly text: string;
  /** Line of the script, from 1, on which `# /// script` stands. */
  readonly line: number;
}

const OPENING = /^# \/\/\/ ([a-zA-Z0-9-]+)$/;

const isContent = (line: string): boolean => line === '#' || line.startsWith('# ');

/** A block's content: its lines without `# `. */
const contentOf = (lines: readonly string[]): string =>
  lines.map((line) => (line.startsWith('# ') ? line.slice(2) : line.slice(1))).join('\n');

/**
 * The blocks of a type in a script. As in the regular expression of the PEP, a block goes up to the last `# ///` of the
 * comment lines that follow its beginning; one that has no end, or nothing in it, is none.
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
    // Without an end, what else begins within these comment lines has none either.
    if (end <= at + 1) {
      at = after - 1;
      continue;
    }
    if (found === type) blocks.push({ text: contentOf(lines.slice(at + 1, end)), line: at + 1 });
    at = end;
  }
  return blocks;
};
