import { validRange } from '@renovatebot/pep440';
import { shownTarget } from '../locked/lock-environments';
import type { LockQuestion } from '../locked/locked-set';
import type { PlanError } from '../../errors/plan-error';
import { allowsPython } from '../../packaging/requirement/specifier';
import { arrayHeaderLines } from '../../packaging/project/toml-lines';
import type { TomlTable } from '../../values/toml-values';
import { tablesAt, textAt } from '../../values/toml-values';

type Markers = Readonly<Record<string, string>>;

/** A specifier that cannot be read allows all versions. */
const fitsPython = (specifier: string, python: string): boolean =>
  !validRange(specifier) || allowsPython(specifier, python);

/** `linux` is PDM's name for `manylinux_2_17_x86_64`. Lambda has no musl libc, so `musllinux` does not fit. */
const fitsPlatform = (platform: string, machine: string): boolean =>
  platform === 'linux' ? machine === 'x86_64' : new RegExp(`^(many)?linux\\w*_${machine}$`).test(platform);

const covers = (target: TomlTable, markers: Markers): boolean => {
  const platform = textAt(target, 'platform');
  const implementation = textAt(target, 'implementation');
  return (
    fitsPython(textAt(target, 'requires_python') ?? '', markers['python_version'] ?? '') &&
    (platform === undefined || fitsPlatform(platform, markers['platform_machine'] ?? '')) &&
    (implementation === undefined || implementation === markers['implementation_name'])
  );
};

const shown = (target: TomlTable): string =>
  [
    textAt(target, 'requires_python') ?? 'any',
    ...[textAt(target, 'platform'), textAt(target, 'implementation')].flatMap((each) =>
      each === undefined ? [] : `on ${each}`,
    ),
  ].join(' ');

/** The error of a lock whose targets do not include the requested one. */
export const targetErrors = ({ source, markers }: LockQuestion, lock: TomlTable): readonly PlanError[] => {
  const targets = tablesAt(lock, 'metadata', 'targets');
  if (markers === null || targets.length === 0 || targets.some((target) => covers(target, markers)))
    return [];
  const file = source.file;
  const line = arrayHeaderLines(source.text, 'metadata.targets')[0] ?? 1;
  const python = markers['python_version'] ?? '';
  const isForPython = targets.some((target) => fitsPython(textAt(target, 'requires_python') ?? '', python));
  const shownTargets = targets.map(shown);
  return [
    isForPython
      ? {
          _tag: 'LockNotForTarget',
          ...{ file, line, environments: shownTargets, target: shownTarget(markers) },
        }
      : { _tag: 'PythonNotSupported', file, line, requires: shownTargets.join(' or '), python },
  ];
};
