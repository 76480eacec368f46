/**
 * The value of a key in a section of a setup.cfg, up to the next line that is not indented; undefined where the key is
 * missing.
 */
export const cfgValue = (text: string, section: string, key: string): string | undefined => {
  const lines = text.split(/\r?\n/);
  const from = lines.findIndex((line) => line.trim() === `[${section}]`);
  if (from === -1) return undefined;
  const rest = lines.slice(from + 1);
  const end = rest.findIndex((line) => line.startsWith('['));
  const body = end === -1 ? rest : rest.slice(0, end);
  const at = body.findIndex((line) => new RegExp(`^${key}\\s*[=:]`).test(line));
  if (at === -1) return undefined;
  const more = body.slice(at + 1);
  const last = more.findIndex((line) => /^\S/.test(line) && !/^[#;]/.test(line));
  const first = (body[at] ?? '').replace(/^[^=:]*[=:]/, '');
  return [first, ...(last === -1 ? more : more.slice(0, last))].join('\n');
};

/** The items of a list, separated by line breaks or commas. */
export const listed = (value = ''): readonly string[] =>
  value
    .split(/[\n,]/)
    .map((one) => one.replace(/^\s*[#;].*/, '').trim())
    .filter((one) => one !== '');
