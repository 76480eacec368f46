/** A setting of the tool that wrote a lock, and its place. */
interface SettingNotFollowed {
  readonly file: string;
  readonly line: number;
  readonly setting: string;
  /** The sentence after the place: the tool's behaviour. `advice` is the sentence after it. */
  readonly problem: string;
  readonly advice: string;
}

/**
 * A build setting of the tool that wrote a lock. An install cannot follow it, and may have to build a package.
 *
 * @since 0.1.0
 */
export interface BuildSettingError extends SettingNotFollowed {
  readonly _tag: 'BuildSettingNotFollowed';
}

/**
 * A project's setting of a package index that an install uses, and that the install cannot follow.
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
