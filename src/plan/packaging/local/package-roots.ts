import { hatchConfig } from './hatch-config';
import { readableToml } from '../project/readable-toml';
import type { TomlTable } from '../../values/toml-values';
import { asArray, asTable, asText, tableAt } from '../../values/toml-values';

/** The default folder in which build backends look for packages. */
const SRC = 'src';

/**
 * The folders with a project's packages, from the configuration of its build backend: relative to its pyproject.toml,
 * with `/`, more probable ones first. `src` is among them unless uv's backend names another folder. The project's own
 * folder never is.
 *
 * @param hatch the text of the hatch.toml beside it
 * @see https://docs.astral.sh/uv/concepts/build-backend/#modules
 * @see https://hatch.pypa.io/latest/config/build/#packages
 * @see https://setuptools.pypa.io/en/latest/userguide/package_discovery.html
 * @see https://python-poetry.org/docs/pyproject/#packages
 * @see https://backend.pdm-project.org/build_config/
 */
export const packageRoots = (text: string, hatch = ''): readonly string[] => {
  const document = readableToml(text);
  const tool = (...keys: readonly string[]): TomlTable | undefined => tableAt(document, 'tool', ...keys);
  const uv = asText(tool('uv', 'build-backend')?.['module-root']);
  const roots = [
    ...(uv === undefined ? [] : [uv]),
    ...hatchRoots(tableAt(hatchConfig(document, hatch), 'build', 'targets', 'wheel')),
    ...hatchRoots(tableAt(hatchConfig(document, hatch), 'build')),
    ...setuptoolsRoots(tool('setuptools', 'package-dir')),
    ...texts(asArray(tool('setuptools', 'packages', 'find')?.['where'])),
    ...(asArray(tool('poetry')?.['packages']) ?? []).flatMap((one) => texts([asTable(one)?.['from']])),
    ...texts([tool('pdm', 'build')?.['package-dir']]),
    ...(uv === undefined ? [SRC] : []),
  ].map((root) => root.replace(/^(?:\.\/)+|\/+$/g, ''));
  return [...new Set(roots)].filter((root) => root !== '' && root !== '.' && !root.startsWith('..'));
};

/** Hatch names packages by their paths, and path prefixes that it removes. */
const hatchRoots = (table: TomlTable | undefined): readonly string[] => [
  ...texts(asArray(table?.['packages'])).map((one) => one.split('/').slice(0, -1).join('/')),
  ...texts(asArray(table?.['sources'])),
  ...Object.entries(asTable(table?.['sources']) ?? {}).flatMap(([from, to]) => {
    const ending = `/${String(to)}`;
    return to === '' ? [from] : from.endsWith(ending) ? [from.slice(0, -ending.length)] : [];
  }),
];

/** Setuptools names a folder for all packages, or for one package, from which the root above it follows. */
const setuptoolsRoots = (table: TomlTable | undefined): readonly string[] =>
  Object.entries(table ?? {}).flatMap(([name, value]) => {
    const folder = asText(value)?.replace(/\/+$/, '') ?? '';
    const ending = `/${name.replaceAll('.', '/')}`;
    return name === '' ? [folder] : folder.endsWith(ending) ? [folder.slice(0, -ending.length)] : [];
  });

const texts = (values: readonly unknown[] = []): readonly string[] =>
  values.flatMap((value) => asText(value) ?? []);
