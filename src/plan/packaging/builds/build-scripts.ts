import * as path from 'node:path';
import { isRight } from 'fp-ts/Either';
import { hatchConfig } from '../local/hatch-config';
import { parseToml } from '../project/toml-file';
import { asTable, tableAt, textAt, textsAt, valueAt } from '../../values/toml-values';

/** The default file of a hatchling hook without a `path`. */
const HATCH_DEFAULT = 'hatch_build.py';

const PDM_DEFAULT = 'pdm_build.py';

/** The possible files of a dotted module name, below a folder. */
const moduleFiles = (name: string, folder = '.'): readonly string[] => {
  const file = path.posix.join(folder, ...name.split('.'));
  return [`${file}.py`, `${file}/__init__.py`];
};

/** The module in `package.module:attribute`. */
const moduleOf = (reference: string | undefined): string | undefined => reference?.split(':', 1)[0]?.trim();

/** The tables of hooks, from every place where hatchling reads them. */
const hatchHooks = (hatch: unknown): readonly unknown[] => {
  const targets = Object.values(tableAt(hatch, 'build', 'targets') ?? {});
  const version = tableAt(hatch, 'version');
  return [
    valueAt(hatch, 'build', 'hooks', 'custom'),
    ...targets.map((target) => valueAt(target, 'hooks', 'custom')),
    valueAt(hatch, 'build', 'targets', 'custom'),
    valueAt(hatch, 'metadata', 'hooks', 'custom'),
    ...(['custom', 'code'].includes(textAt(version, 'source') ?? '') ? [version] : []),
  ];
};

const ofHatch = (hatch: unknown): readonly string[] =>
  hatchHooks(hatch).flatMap((hook) =>
    asTable(hook) === undefined ? [] : [textAt(hook, 'path') ?? HATCH_DEFAULT],
  );

const ofPoetry = (poetry: unknown): readonly string[] => [
  ...[textAt(poetry, 'build') ?? textAt(poetry, 'build', 'script') ?? []].flat(),
];

const ofPdm = (pdm: unknown, backend: string | undefined): readonly string[] => {
  const getter = moduleOf(textAt(pdm, 'version', 'getter'));
  return [
    ...(backend?.startsWith('pdm.') === true
      ? [
          textAt(pdm, 'build', 'custom-hook') ?? PDM_DEFAULT,
          textAt(pdm, 'build', 'setup-script') ?? [],
        ].flat()
      : []),
    ...(getter === undefined ? [] : [...moduleFiles(getter), ...moduleFiles(getter, 'src')]),
  ];
};

/** A backend inside the package itself. */
const inTree = (system: unknown): readonly string[] => {
  const backend = moduleOf(textAt(system, 'build-backend'));
  return backend === undefined
    ? []
    : textsAt(system, 'backend-path').flatMap((folder) => moduleFiles(backend, folder));
};

/**
 * The scripts that a backend may run when it builds a package, relative to its folder. Some may not exist.
 *
 * @param pyproject the text of its pyproject.toml; empty where it has no such file
 * @param hatch the text of its hatch.toml
 */
export const buildScripts = (pyproject: string, hatch = ''): readonly string[] => {
  const read = parseToml({ file: 'pyproject.toml', text: pyproject });
  const document = isRight(read) ? read.right : {};
  const system = valueAt(document, 'build-system');
  const found = [
    'setup.py',
    ...ofHatch(hatchConfig(document, hatch)),
    ...ofPoetry(valueAt(document, 'tool', 'poetry')),
    ...ofPdm(valueAt(document, 'tool', 'pdm'), textAt(system, 'build-backend')),
    ...inTree(system),
  ];
  return [...new Set(found.map((file) => path.posix.normalize(file.replaceAll('\\', '/'))))];
};
