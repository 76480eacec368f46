/** A word, plain or in quotes, as Python's netrc module reads it. */
const WORD = /"(?:\\.|[^"\\])*"|\S+/g;

const FIELDS = ['login', 'account', 'password'];

/**
 * The entries of a netrc file for some hosts. Macros and the default entry are left out: the default entry would give a
 * password to any host.
 *
 * @param hosts in lower case
 */
export const netrcEntries = (text: string, hosts: readonly string[]): string => {
  const lines = text
    .replace(/^[ \t]*macdef\b[\s\S]*?(?:\n[ \t\r]*\n|$(?![\s\S]))/gm, '')
    .replace(/^[ \t]*#.*$/gm, '');
  const words = lines.match(WORD) ?? [];
  const kept: string[] = [];
  let isWanted = false;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (word === 'default') isWanted = false;
    else if (word === 'machine') {
      index += 1;
      const host = words[index] ?? '';
      isWanted = hosts.includes(host.toLowerCase());
      if (isWanted) kept.push(`machine ${host}`);
    } else if (FIELDS.includes(word)) {
      index += 1;
      if (isWanted) kept.push(`  ${word} ${words[index] ?? ''}`);
    }
  }
  return kept.length === 0 ? '' : `${kept.join('\n')}\n`;
};
