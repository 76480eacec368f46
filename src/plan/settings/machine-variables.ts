import type { Values } from '../variables/installer-environment';
import { namesIndexes } from '../variables/installer-environment';
import { fateOf } from '../variables/installer-variables';
import type { SettingsRead } from './settings-file';

/** A settings file that was read. */
export interface ReadSettings extends SettingsRead {
  /** Absolute path. */
  readonly file: string;
}

/** All settings files of a machine, the system's first. */
export interface AllSettings {
  readonly uv: readonly ReadSettings[];
  readonly pip: readonly ReadSettings[];
}

type Variables = Readonly<Record<string, string>>;

/** uv joins the lists of its files, the user's first. For all other settings the user's value counts. */
const SEPARATORS: Readonly<Record<string, string>> = {
  UV_INDEX: ' ',
  UV_EXTRA_INDEX_URL: ' ',
  UV_FIND_LINKS: ',',
  UV_INSECURE_HOST: ' ',
  UV_NO_BUILD_PACKAGE: ' ',
};

const merged = (files: readonly ReadSettings[]): Variables =>
  files.reduce<Variables>((all, { variables }) => {
    const joined = Object.entries(variables).map(([name, value]) => {
      const [before, separator] = [all[name], SEPARATORS[name]];
      return [
        name,
        before === undefined || separator === undefined ? value : `${value}${separator}${before}`,
      ];
    });
    return { ...all, ...(Object.fromEntries(joined) as Variables) };
  }, {});

/** The settings of a machine for installs, and notes about settings that are not followed. */
export interface MachineVariables {
  /** Its own variables, and the settings of its files as variables. */
  readonly variables: Values;
  /** One line each. */
  readonly notes: readonly string[];
}

const NOT_HONOURED =
  'is not honoured; only settings of indexes, certificates, the network and forbidden builds are';
const UNKNOWN = 'has a space in its name, so pip ignores it; write "name = value"';

const notHonoured = ({ file, ignored }: ReadSettings): readonly string[] =>
  ignored.map(
    ({ setting, line, isUnknown = false }) =>
      `${file}${line === null ? '' : `:${line}`}: "${setting}" ${isUnknown ? UNKNOWN : NOT_HONOURED}`,
  );

/**
 * The variables of a machine and of its settings files. A variable counts before a file. If variables name indexes only
 * for uv or only for pip, indexes in files of the other are skipped, because both installers must use the same indexes.
 *
 * @param own the variables of this machine
 * @param given the variables of the bundle
 */
export const machineVariables = (
  own: Values,
  { uv, pip }: AllSettings,
  given: Values = {},
): MachineVariables => {
  const named = { ...own, ...given };
  const { uv: byUv, pip: byPip } = namesIndexes(named);
  const skipped = (prefix: 'UV_' | 'PIP_'): boolean => (prefix === 'UV_' ? byPip && !byUv : byUv && !byPip);
  const without = (prefix: 'UV_' | 'PIP_', values: Variables): Variables =>
    skipped(prefix)
      ? Object.fromEntries(Object.entries(values).filter(([name]) => fateOf(name) !== 'index'))
      : values;
  const passedOver = (prefix: 'UV_' | 'PIP_', files: readonly ReadSettings[]): readonly string[] =>
    skipped(prefix)
      ? files
          .filter(({ variables }) => Object.keys(variables).some((name) => fateOf(name) === 'index'))
          .map(({ file }) => `${file}: its indexes are not used, because variables name others`)
      : [];
  return {
    variables: { ...without('UV_', merged(uv)), ...without('PIP_', merged(pip)), ...own },
    notes: [...[...uv, ...pip].flatMap(notHonoured), ...passedOver('UV_', uv), ...passedOver('PIP_', pip)],
  };
};

/** The variables that the files of a machine add to its own. */
export const addedByFiles = ({ variables }: MachineVariables, own: Values): Variables =>
  Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) =>
      value === undefined || value === own[name] ? [] : [[name, value]],
    ),
  );
