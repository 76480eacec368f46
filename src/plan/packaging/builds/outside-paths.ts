import { isRight } from 'fp-ts/Either';
import { hatchConfig } from '../local/hatch-config';
import { parseToml } from '../project/toml-file';
import { asTable } from '../../values/toml-values';

/** The texts of the files that configure a build. A file that the folder does not have is absent. */
export type BuildFileTexts = Readonly<Partial<Record<BuildFile, string>>>;

/** The names of the files that configure a build. */
export const BUILD_FILES = [
  'pyproject.toml',
  'hatch.toml',
  'setup.cfg',
  'setup.py',
  'CMakeLists.txt',
  'Cargo.toml',
] as const;

type BuildFile = (typeof BUILD_FILES)[number];

/** A path that leads out of the folder. */
const OUTWARD = /^\.\.(?:[/\\]|$)/;

/** Tables of `[tool]` that build backends read. */
const BACKENDS = ['hatch', 'setuptools', 'poetry', 'pdm', 'flit', 'scikit-build', 'maturin', 'uv', 'mypyc'];

/**
 * Keys below a backend's table that a build does not read: dependencies, the location of Git's metadata, and
 * development environments.
 */
const NOT_READ: Readonly<Record<string, readonly string[]>> = {
  hatch: ['envs', 'publish', 'version/raw-options', 'build/hooks/vcs'],
  poetry: ['dependencies', 'dev-dependencies', 'group', 'source'],
  pdm: ['dev-dependencies', 'scripts', 'resolution', 'source'],
  uv: ['sources', 'workspace', 'index', 'dev-dependencies', 'find-links', 'cache-keys'],
};

/** All keys and texts in a value that lead out of the folder, except below the key paths of `without`. */
const outwardIn = (value: unknown, without: readonly string[], at = ''): readonly string[] => {
  if (without.includes(at)) return [];
  if (typeof value === 'string') return OUTWARD.test(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => outwardIn(item, without, at));
  return Object.entries(asTable(value) ?? {}).flatMap(([key, inner]) => [
    ...(OUTWARD.test(key) ? [key] : []),
    ...outwardIn(inner, without, at === '' ? key : `${at}/${key}`),
  ]);
};

const inPyproject = (text: string, hatch: string | undefined): readonly string[] => {
  const read = parseToml({ file: 'pyproject.toml', text });
  if (!isRight(read)) return [];
  const { project, tool: plain, 'build-system': system } = read.right;
  const tool = { ...asTable(plain), hatch: hatchConfig(read.right, hatch) };
  return [
    ...outwardIn(project, ['dependencies', 'optional-dependencies', 'urls']),
    ...outwardIn(system, ['requires']),
    ...BACKENDS.flatMap((name) => outwardIn(asTable(tool)?.[name], NOT_READ[name] ?? [])),
  ];
};

/** A path out of the folder, in a text that is not TOML of a known form. */
const WORDS = /(?<![\w./\\])\.\.(?:\/[^\s"',;:()[\]{}$]+)+/g;

/** `os.path.join(here, '..', 'VERSION')`, `Path(…) / '..' / 'VERSION'`. */
const JOINED = /(["'])\.\.\1((?:\s*[,/]\s*(["'])[^"'\n]+\3)+)/g;

const inText = (text: string): readonly string[] => [
  ...[...text.matchAll(WORDS)].map(([word]) => word),
  ...[...text.matchAll(JOINED)].map(([, , parts = '']) =>
    ['..', ...[...parts.matchAll(/["']([^"']+)["']/g)].map(([, part = '']) => part)].join('/'),
  ),
];

const isOutward = (text: string | undefined): text is string => text?.includes('..') === true;

/** Normalizes to `/`, and removes duplicates. */
const tidy = (found: readonly string[]): readonly string[] => [
  ...new Set(found.map((each) => each.replaceAll('\\', '/').replace(/\/+$/, ''))),
];

/** The paths out of its folder that a text names, for scripts and other texts that are not TOML of a known form. */
export const pathsInConfiguration = (text: string): readonly string[] =>
  isOutward(text) ? tidy(inText(text)) : [];

/**
 * The paths and patterns outside of a package's folder that its configuration names, relative to the folder. A backend
 * reads them when it builds the package.
 */
export const outsidePaths = (texts: BuildFileTexts): readonly string[] => {
  const { 'pyproject.toml': pyproject = '', 'hatch.toml': hatch, ...others } = texts;
  return tidy([
    ...(isOutward(pyproject) || isOutward(hatch) ? inPyproject(pyproject, hatch) : []),
    ...Object.values(others).filter(isOutward).flatMap(inText),
  ]);
};
