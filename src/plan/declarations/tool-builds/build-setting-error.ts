/**
 * A setting by which the tool of a lock builds packages, and that an install cannot follow for one that it may have to build.
 *
 * @since 0.1.0
 */
export interface BuildSettingError {
  readonly _tag: 'BuildSettingNotFollowed';
  readonly file: string;
  readonly line: number;
  readonly setting: string;
  /** The sentences after the place: what the tool does, and what to do. */
  readonly problem: string;
  readonly advice: string;
}

export const showBuildSettingError = ({ file, line, setting, problem, advice }: BuildSettingError): string =>
  `${file}:${line} has ${setting}: ${problem}. ${advice}.`;

export const inWords = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
