import { isLeft } from 'fp-ts/Either';
import type { LockedPackage } from '../../locks/locked/locked-set';
import { plainIndex } from '../../locks/locked/plain-index';
import { parseToml } from '../../packaging/project/toml-file';
import { lineOfKey } from '../../packaging/project/toml-lines';
import type { ProjectDeclaration, ProjectFile } from '../../model/source-snapshot';
import type { BuildSettingError, IndexSettingError } from '../../errors/lock-setting-error';
import { inWords } from '../../errors/lock-setting-error';
import type { TomlTable } from '../../values/toml-values';
import { asTable, tableAt, tablesAt, textAt, valueAt } from '../../values/toml-values';

const tableOf = (file: ProjectFile | null | undefined): TomlTable => {
  const read = file == null ? undefined : parseToml(file);
  return read === undefined || isLeft(read) ? {} : read.right;
};

/** The indexes of pdm.toml that no source of the project overrides, each with its keys; `pypi` is the default index. */
const indexesIn = (table: TomlTable, manifest: TomlTable) => {
  const own = tableAt(table, 'pypi') ?? {};
  const named = valueAt(own, 'ignore_stored_index') === true ? [] : Object.entries(own);
  const found = [
    { name: 'pypi', keys: ['pypi', 'url'], url: textAt(own, 'url') },
    ...named.flatMap(([name, value]) =>
      asTable(value) === undefined ? [] : [{ name, keys: ['pypi', name, 'url'], url: textAt(value, 'url') }],
    ),
  ];
  const sources = tablesAt(manifest, 'tool', 'pdm', 'source').map((source) => textAt(source, 'name'));
  return found.filter(({ name, url }) => url !== undefined && !sources.includes(name));
};

/** Reports indexes of pdm.toml that PDM would ask for a package and an install does not ask. */
export const pdmTomlIndexes = (
  { manifest, settings }: Pick<ProjectDeclaration, 'manifest' | 'settings'>,
  packages: readonly LockedPackage[],
): readonly IndexSettingError[] => {
  if (settings === undefined) return [];
  const ofIndexes = packages.filter(({ source }) => source._tag === 'Index');
  const ofDefault = ofIndexes.filter(({ source }) => source._tag === 'Index' && source.url === null);
  return indexesIn(tableOf(settings), tableOf(manifest)).flatMap(({ name, keys, url = '' }) =>
    (name === 'pypi' ? ofDefault : ofIndexes).length === 0 || plainIndex(url) === null
      ? []
      : {
          _tag: 'IndexSettingNotFollowed',
          ...{ file: settings.file, line: lineOfKey(settings.text, keys), setting: keys.join('.') },
          problem: `PDM takes packages from ${plainIndex(url)}, but this library only reads the sources in pyproject.toml`,
          advice: `Add it there as a [[tool.pdm.source]] with the name "${name}", and run \`pdm lock\``,
        },
  );
};

/** Reports build settings of pdm.toml that an install cannot follow. */
export const pdmTomlProblems = (
  file: ProjectFile | undefined,
  built: readonly string[],
): readonly BuildSettingError[] =>
  file === undefined || built.length === 0 || valueAt(tableOf(file), 'build_isolation') !== false
    ? []
    : [
        {
          _tag: 'BuildSettingNotFollowed',
          ...{ file: file.file, line: lineOfKey(file.text, ['build_isolation']) },
          setting: 'build_isolation = false',
          problem: `PDM builds ${inWords(built)} with packages that are already installed, and this library does not`,
          advice: 'Remove the setting, or lock versions that have a wheel for the target',
        },
      ];
