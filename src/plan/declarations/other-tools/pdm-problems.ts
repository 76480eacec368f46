import { lineOfKey } from '../../packaging/project/toml-lines';
import type { ProjectFile } from '../../model/source-snapshot';
import type { BuildSettingError } from '../../errors/lock-setting-error';
import { inWords } from '../../errors/lock-setting-error';
import { pdmFormats } from './pdm-formats';
import type { TomlTable } from '../../values/toml-values';
import { textsAt } from '../../values/toml-values';

/** Options of `pdm install` and `pdm sync` that decide how a package is built, with their effect in PDM. */
const BUILD_OPTIONS: readonly (readonly [RegExp, string])[] = [
  [/^--no-isolation$/, 'with packages that are already installed instead of those in its `[build-system]`'],
  [/^(-C|--config-setting\b)/, 'with these settings'],
];

const optionProblems = (
  { file, text }: ProjectFile,
  manifest: TomlTable,
  built: readonly string[],
): readonly BuildSettingError[] =>
  ['install', 'sync'].flatMap((command) =>
    textsAt(manifest, 'tool', 'pdm', 'options', command).flatMap((option) =>
      BUILD_OPTIONS.filter(([pattern]) => pattern.test(option)).map(([, how]): BuildSettingError => ({
        _tag: 'BuildSettingNotFollowed',
        file,
        line: lineOfKey(text, ['tool', 'pdm', 'options', command]),
        setting: `the option ${option} in tool.pdm.options.${command}`,
        problem: `PDM builds ${inWords(built)} ${how}, and this library does not`,
        advice: 'Remove the option, or lock versions that have a wheel for the target',
      })),
    ),
  );

/**
 * Reports build settings of `[tool.pdm]` that an install cannot follow.
 *
 * @param built - Names of the packages that may be built
 * @param withoutWheel - Names of the packages that certainly have no wheel for the target
 */
export const pdmBuildProblems = (
  source: ProjectFile,
  manifest: TomlTable,
  built: readonly string[],
  withoutWheel: readonly string[],
): readonly BuildSettingError[] => {
  const formatOf = pdmFormats(manifest);
  const refused = withoutWheel.filter((name) => formatOf(name) === 'wheel');
  return [
    ...(built.length === 0 ? [] : optionProblems(source, manifest, built)),
    ...(refused.length === 0
      ? []
      : [
          {
            _tag: 'BuildSettingNotFollowed' as const,
            file: source.file,
            line: lineOfKey(source.text, ['tool', 'pdm', 'resolution', 'only-binary']),
            setting: 'tool.pdm.resolution.only-binary',
            problem: `PDM does not build ${inWords(refused)}, and the lock has no wheel for the target`,
            advice: 'Lock versions that have one, or remove these names from the list',
          },
        ]),
  ];
};
