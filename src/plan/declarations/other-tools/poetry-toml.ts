import { isLeft } from 'fp-ts/Either';
import { normalizeName } from '../../packaging/requirement/package-name';
import { parseToml } from '../../packaging/project/toml-file';
import { lineOfKey } from '../../packaging/project/toml-lines';
import type { ProjectFile } from '../../model/source-snapshot';
import type { BuildSettingError } from '../../errors/lock-setting-error';
import { inWords } from '../../errors/lock-setting-error';
import type { TomlTable } from '../../values/toml-values';
import { asText, itemsAt, tableAt, valueAt } from '../../values/toml-values';

type Filter = 'no-binary' | 'only-binary';

const tableOf = (file: ProjectFile | undefined): TomlTable => {
  const read = file === undefined ? undefined : parseToml(file);
  return read === undefined || isLeft(read) ? {} : read.right;
};

/**
 * Whether `installer.no-binary` or `installer.only-binary` of poetry.toml names a package. `true` means all packages,
 * and a string is a list with commas.
 *
 * @see poetry, `config/config.py`, `PackageFilterPolicy`
 */
export const poetryFilter = (file: ProjectFile | undefined, filter: Filter): ((name: string) => boolean) => {
  const value = valueAt(tableOf(file), 'installer', filter);
  const names = (asText(value)?.split(',') ?? itemsAt(tableOf(file), 'installer', filter)).flatMap((each) => {
    const name = asText(each)?.trim() ?? '';
    return name.startsWith(':') ? name : normalizeName(name);
  });
  const isForAll = value === true || names.includes(':all:');
  return (name) => isForAll || names.includes(normalizeName(name));
};

/**
 * Reports build settings of poetry.toml that an install cannot follow.
 *
 * @param built - Names of the packages that may be built
 * @param withoutWheel - Names of the packages that certainly have no wheel for the target
 */
export const poetryTomlProblems = (
  file: ProjectFile | undefined,
  built: readonly string[],
  withoutWheel: readonly string[],
): readonly BuildSettingError[] => {
  if (file === undefined) return [];
  const problem = (keys: readonly string[], text: string, advice: string): BuildSettingError => ({
    _tag: 'BuildSettingNotFollowed',
    ...{ file: file.file, line: lineOfKey(file.text, keys), setting: keys.join('.') },
    ...{ problem: text, advice },
  });
  const isOnlyBinary = poetryFilter(file, 'only-binary');
  const refused = withoutWheel.filter(isOnlyBinary);
  const configured = Object.keys(tableAt(tableOf(file), 'installer', 'build-config-settings') ?? {});
  const given = configured.filter((name) =>
    built.some((each) => normalizeName(each) === normalizeName(name)),
  );
  return [
    ...(refused.length === 0
      ? []
      : [
          problem(
            ['installer', 'only-binary'],
            `Poetry does not build ${inWords(refused)}, and the lock has no wheel for the target`,
            'Lock versions that have one, or remove these names from the list',
          ),
        ]),
    ...given.map((name) =>
      problem(
        ['installer', 'build-config-settings', name],
        `Poetry builds ${name} with these settings, and this library does not`,
        'Lock a version that has a wheel for the target, or remove the setting',
      ),
    ),
  ];
};
