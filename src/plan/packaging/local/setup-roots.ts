import { cfgValue, listed } from './setup-cfg';

/** The root of a folder for all packages, or for one package whose parents lie above it. */
const rootOf = (name: string, folder: string): string | readonly [] => {
  const plain = folder.replace(/\/+$/, '');
  const ending = `/${name.replaceAll('.', '/')}`;
  return name === '' ? plain : plain.endsWith(ending) ? plain.slice(0, -ending.length) : [];
};

const cfgRoots = (text: string): readonly string[] => [
  ...listed(cfgValue(text, 'options', 'package_dir')).flatMap((line) => {
    const [, name = '', folder = ''] = /^([^=]*?)\s*=\s*(.*)$/.exec(line) ?? [];
    return rootOf(name.trim(), folder);
  }),
  ...listed(cfgValue(text, 'options.packages.find', 'where')),
];

/** Reads literals only; values that Python computes are unknown. */
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
 * The folders with a project's packages, from its setup.cfg and its setup.py: relative to them, with `/`.
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
