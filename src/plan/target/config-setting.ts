import type * as t from 'io-ts';
import { closed, Line, list, PackageName, refined, withOptional } from '../values/codecs';

/**
 * The `--config-settings` for the build of a package.
 *
 * @since 0.1.0
 */
export interface ConfigSettings {
  /** Normalized. */
  readonly name: string;
  /** Each as `KEY=VALUE`. */
  readonly settings: readonly string[];
  /** For a local package, its path relative to the folder that installers run in. @default - it is not a local package */
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

/** The variable that gives pip all settings as a JSON list, because pip's own option has no names. */
export const CONFIG_SETTINGS_VARIABLE = 'CDK_LAMBDA_PYTHON_CONFIG_SETTINGS';
