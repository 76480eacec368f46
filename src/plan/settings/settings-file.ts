/** A setting that decides what is installed and is not honoured. */
export interface IgnoredSetting {
  /** As the file names it. */
  readonly setting: string;
  /** From 1; null where it is not known. */
  readonly line: number | null;
  /** Whether the installer has no such setting and passes it over. @default false */
  readonly isUnknown?: boolean;
}

/** What a settings file of uv or pip says, as their variables. */
export interface SettingsRead {
  readonly variables: Readonly<Record<string, string>>;
  readonly ignored: readonly IgnoredSetting[];
}

/** Why a settings file cannot be read. */
export interface SettingsFault {
  /** Absolute path. */
  readonly file: string;
  /** From 1; null where it is the whole file. */
  readonly line: number | null;
  readonly reason: string;
}
