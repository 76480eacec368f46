import type * as t from 'io-ts';
import { closed, Line, list, PackageName, refined, withOptional } from '../values/codecs';

/**
 * What the build of a package gets.
 *
 * @since 0.1.0
 */
export interface ConfigSettings {
  /** Normalized. */
  readonly name: string;
  /** Each as `KEY=VALUE`. */
  readonly settings: readonly string[];
  /** Of a local package its path, as seen from the folder that installers run in. @default it is no local package */
  readonly place?: string;
}

const ConfigSetting = refined('ConfigSetting', (value) => Line.is(value) && /^[^=\s][^=]*=.*$/.test(value));

/** Whether a text is `KEY=VALUE`. */
export const isConfigSetting = (value: string): boolean => ConfigSetting.is(value);

export const ConfigSettings: t.Type<ConfigSettings> = withOptional(
  closed({ name: PackageName, settings: list(ConfigSetting) }, 'ConfigSettings'),
  { place: Line },
);

/** Each as `NAME:KEY=VALUE`, as uv takes it. */
export const settingsWithName = ({ name, settings }: ConfigSettings): readonly string[] =>
  settings.map((setting) => `${name}:${setting}`);

/** The variable by which pip gets all of them, as a list in JSON: its own options know no names. */
export const CONFIG_SETTINGS_VARIABLE = 'CDK_LAMBDA_PYTHON_CONFIG_SETTINGS';
