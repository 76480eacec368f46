/** An option, or a context key, that cannot be what was given for it. */
export interface InvalidOption {
  readonly _tag: 'InvalidOption';
  /** Its path in the properties, such as `bundling.exclude[0]`, or the name of the context key. */
  readonly option: string;
  readonly given: string;
  /** What it must be, as in "must be …". */
  readonly expected: string;
  /** That it is a context key. @default an option */
  readonly isKey?: true;
}

/** @param expected what it must be, as in "must be …" */
export const invalidOption = (option: string, given: string, expected: string): InvalidOption => ({
  _tag: 'InvalidOption',
  option,
  given,
  expected,
});

/** @param key name of the context key */
export const invalidKey = (key: string, given: string, expected: string): InvalidOption => ({
  ...invalidOption(key, given, expected),
  isKey: true,
});

export const showInvalidOption = ({ option, given, expected, isKey }: InvalidOption): string =>
  `${isKey === true ? 'The context key ' : ''}\`${option}\` is ${JSON.stringify(given)}, but must be ${expected}.`;
