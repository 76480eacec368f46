/** A value of a section of a setup.cfg, without what is indented less than its key; undefined where it is not there. */
const valueIn = (text: string, section: string, key: string): string | undefined => {
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

/** The values of a list, each on a line of its own or after a comma. */
const listed = (value = ''): readonly string[] =>
  value
    .split(/[\n,]/)
    .map((one) => one.replace(/^\s*[#;].*/, '').trim())
    .filter((one) => one !== '');

/** A folder for all packages, or for one, whose parents' folders lie above it. */
const rootOf = (name: string, folder: string): string | readonly [] => {
  const plain = folder.replace(/\/+$/, '');
  const ending = `/${name.replaceAll('.', '/')}`;
  return name === '' ? plain : plain.endsWith(ending) ? plain.slice(0, -ending.length) : [];
};

const cfgRoots = (text: string): readonly string[] => [
  ...listed(valueIn(text, 'options', 'package_dir')).flatMap((line) => {
    const [, name = '', folder = ''] = /^([^=]*?)\s*=\s*(.*)$/.exec(line) ?? [];
    return rootOf(name.trim(), folder);
  }),
  ...listed(valueIn(text, 'options.packages.find', 'where')),
];

/** Only what is written down: a value that Python computes is not known. */
const scriptRoots = (text: string): readonly string[] => {
  const code = text.replace(/^[ \t]*#.*$/gm, '');
  const [, table = ''] = /\bpackage_dir\s*=\s*\{([^{}]*)\}/.exec(code) ?? [];
  const where = /\bfind_(?:namespace_)?packages\(\s*(?:where\s*=\s*)?(["'])([^"']+)\1/.exec(code)?.[2];
  return [
    ...[...table.matchAll(/(["'])([^"']*)\1\s*:\s*(["'])([^"']+)\3/g)].flatMap(
      ([, , name = '', , folder = '']) => rootOf(name, folder),
    ),
    ...(where === undefined ? [] : [where]),
  ];
};

/**
 * The folders in which a project's packages lie, as its setup.cfg and its setup.py say: relative to them, with `/`.
 *
 * @see https://setuptools.pypa.io/en/latest/userguide/declarative_config.html
 */
export const setupRoots = (texts: {
  readonly 'setup.cfg'?: string;
  readonly 'setup.py'?: string;
}): readonly string[] =>
  [...cfgRoots(texts['setup.cfg'] ?? ''), ...scriptRoots(texts['setup.py'] ?? '')]
    .map((root) => root.replace(/^(?:\.\/)+|\/+$/g, ''))
    .filter((root) => root !== '' && root !== '.' && !root.startsWith('..'));
