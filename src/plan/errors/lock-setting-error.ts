/** A setting that decides what the tool of a lock does, and its place. */
interface SettingNotFollowed {
  readonly file: string;
  readonly line: number;
  readonly setting: string;
  /** The sentences after the place: what the tool does, and what to do. */
  readonly problem: string;
  readonly advice: string;
}

/**
 * A setting by which the tool of a lock builds packages, and that an install cannot follow for one that it may have to build.
 *
 * @since 0.1.0
 */
export interface BuildSettingError extends SettingNotFollowed {
  readonly _tag: 'BuildSettingNotFollowed';
}

/**
 * What a project says of a package index that is asked, and an install cannot follow.
 *
 * @since 0.1.0
 */
export interface IndexSettingError extends SettingNotFollowed {
  readonly _tag: 'IndexSettingNotFollowed';
}

export type LockSettingError = BuildSettingError | IndexSettingError;

export const showLockSettingError = ({ file, line, setting, problem, advice }: LockSettingError): string =>
  `${file}:${line} has ${setting}: ${problem}. ${advice}.`;

export const inWords = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
