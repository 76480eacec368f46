import type * as t from 'io-ts';
import { closed, Line, list, PackageName, refined, withOptional } from '../values/codecs';

/**
 * The config settings for the build of one package.
 *
 * @since 0.1.0
 */
export interface ConfigSettings {
  /** Normalized. */
  readonly name: string;
  /** Each as `KEY=VALUE`. */
  readonly settings: readonly string[];
  /** Path of a local package, relative to the folder in which installers run. @default - the package is not local */
  readonly place?: string;
}

const ConfigSetting = refined('ConfigSetting', (value) => Line.is(value) && /^[^=\s][^=]*=.*$/.test(value));

/** Whether a text is `KEY=VALUE`. */
export const isConfigSetting = (value: string): boolean => ConfigSetting.is(value);

export const ConfigSettings: t.Type<ConfigSettings> = withOptional(
  closed({ name: PackageName, settings: list(ConfigSetting) }, 'ConfigSettings'),
  { place: Line },
);

/** Settings as `NAME:KEY=VALUE`, as uv takes them. */
export const settingsWithName = ({ name, settings }: ConfigSettings): readonly string[] =>
  settings.map((setting) => `${name}:${setting}`);

/** The variable that passes all settings to pip, as JSON: pip's own options have no package names. */
export const CONFIG_SETTINGS_VARIABLE = 'CDK_LAMBDA_PYTHON_CONFIG_SETTINGS';
