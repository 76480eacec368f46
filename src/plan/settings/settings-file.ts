/** A setting that decides what is installed, and that is not followed. */
export interface IgnoredSetting {
  /** The name in the file. */
  readonly setting: string;
  /** From 1; null if it is not known. */
  readonly line: number | null;
  /** Whether the installer has no such setting, and ignores it. @default false */
  readonly isUnknown?: boolean;
}

/** The settings in a file of uv or pip, as variables of the installer. */
export interface SettingsRead {
  readonly variables: Readonly<Record<string, string>>;
  readonly ignored: readonly IgnoredSetting[];
}

/** Why a settings file cannot be read. */
export interface SettingsFault {
  /** Absolute path. */
  readonly file: string;
  /** From 1; null for the whole file. */
  readonly line: number | null;
  readonly reason: string;
}
