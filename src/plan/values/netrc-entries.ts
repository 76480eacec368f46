/** A word, or one in quotes, as Python's netrc reads them. */
const WORD = /"(?:\\.|[^"\\])*"|\S+/g;

const FIELDS = ['login', 'account', 'password'];

/**
 * The entries of a netrc file for some hosts, without macros and without the default entry, which would give a password
 * to any host.
 *
 * @param hosts in small letters
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
