import { validRange } from '@renovatebot/pep440';
import { shownTarget } from '../locked/lock-environments';
import type { LockQuestion } from '../locked/locked-set';
import type { PlanError } from '../../errors/plan-error';
import { allowsPython } from '../../packaging/requirement/specifier';
import { arrayHeaderLines } from '../../packaging/project/toml-lines';
import type { TomlTable } from '../../values/toml-values';
import { tablesAt, textAt } from '../../values/toml-values';

type Markers = Readonly<Record<string, string>>;

/** Specifiers that cannot be read allow all. */
const fitsPython = (specifier: string, python: string): boolean =>
  !validRange(specifier) || allowsPython(specifier, python);

/** `linux` is PDM's name for `manylinux_2_17_x86_64`; a musl libc is another platform than Lambda's. */
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

/** Whether none of the targets that a lock was made for is the one that is asked about. */
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
