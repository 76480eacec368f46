import { brief, kindOfObject } from '../values/field-error';
import { nearest } from '../values/nearest-name';

/** An option with a wrong value. Code without types may pass any value. */
export interface WrongOption {
  /** Its path in the properties, such as `bundling.exclude[0]`. */
  readonly option: string;
  /** The given value, in a few words. */
  readonly given: string;
  /** The end of a sentence that begins with "must be". */
  readonly expected: string;
}

/** Returns the errors of an option's value. */
export type Check = (option: string, value: unknown) => readonly WrongOption[];

export type Checks = Readonly<Record<string, Check>>;

/** The options with right values, and the errors of the others. */
export interface CheckedOptions {
  readonly options: Readonly<Record<string, unknown>>;
  readonly wrong: readonly WrongOption[];
}

/** A value in few words. A text is unchanged, and a function's source is left out. */
const shown = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return typeof value === 'function' ? 'a function' : brief(value);
};

export const wrong = (option: string, value: unknown, expected: string): readonly WrongOption[] => [
  { option, given: shown(value), expected },
];

/** The kind of a value that may be a secret: a message must not contain the value itself. */
export const kindOf = (value: unknown): string =>
  typeof value === 'object' ? brief(value) : `a ${typeof value}`;

/** A check of one condition. */
export const mustBe =
  (expected: string, holds: (value: unknown) => boolean): Check =>
  (option, value) =>
    holds(value) ? [] : wrong(option, value, expected);

export const isText = mustBe('a text', (value) => typeof value === 'string');

/** An empty path is an error, as it often comes from a variable without a value. */
export const isPath: Check = (option, value) =>
  value === '' ? wrong(option, value, 'a path; "." is the folder itself') : isText(option, value);

export const isBoolean = mustBe('true or false', (value) => typeof value === 'boolean');

export const isNumber = mustBe('a number', Number.isFinite);

export const oneOf = (values: readonly string[]): Check =>
  mustBe(`one of ${values.map((value) => JSON.stringify(value)).join(', ')}`, (value) =>
    values.some((one) => one === value),
  );

export const listOf =
  (check: Check, expected = 'a list of texts'): Check =>
  (option, value) =>
    Array.isArray(value)
      ? value.flatMap((item: unknown, index) => check(`${option}[${index}]`, item))
      : wrong(option, value, expected);

/**
 * Whether a value is a plain object: not null, a list, a Map or a Promise. The content of these is not in properties.
 */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && kindOfObject(value) === 'Object';

/**
 * Names and texts, such as variables. The values may be secrets, so messages do not contain them. An undefined value is
 * an error: a command that reads the unset variable would silently do something else.
 */
export const isTexts: Check = (option, value) =>
  isObject(value)
    ? Object.entries(value).flatMap(([name, text]) =>
        typeof text === 'string'
          ? []
          : wrong(`${option}.${name}`, text === undefined ? 'undefined' : kindOf(text), 'a text'),
      )
    : wrong(option, kindOf(value), 'an object with names and texts');

/** How a message names a set of options. */
export interface OptionSet {
  /** Its path in the properties; the empty text for the properties themselves. */
  readonly path: string;
  /** The end of a sentence that begins with "must be", for a value that is not an object. */
  readonly expected: string;
  /** The known options, in words. @default - all their names */
  readonly names?: string;
  /** Paths of options of other sets. They identify an option at the wrong place. @default - none */
  readonly elsewhere?: readonly string[];
  /** Names of options in other constructs, and their names here. @default - none */
  readonly renamed?: Readonly<Record<string, string>>;
}

/**
 * Options that may be meant: those of the same name in other sets, and the one in this set with the nearest name.
 * Beside options of the same name, a near name counts only if it begins with the name.
 */
const meantBy = (
  name: string,
  known: readonly string[],
  { elsewhere = [], renamed = {} }: OptionSet,
): readonly string[] => {
  const here = Object.hasOwn(renamed, name) ? renamed[name] : undefined;
  if (here !== undefined) return [`\`${here}\``];
  const same = elsewhere.filter((path) => path.endsWith(`.${name}`)).map((path) => `\`${path}\``);
  const near = nearest(name, known);
  return near === undefined || (same.length > 0 && !near.startsWith(name)) ? same : [...same, near];
};

const unknownOption = (
  option: string,
  name: string,
  value: unknown,
  known: readonly string[],
  set: OptionSet,
): WrongOption => {
  const { names = known.join(', ') } = set;
  const meant = meantBy(name, known, set);
  const others = meant.length === 0 ? `, only ${names}` : `; perhaps ${meant.join(' or ')} is meant`;
  // The value of an unknown option may be a password.
  return {
    option,
    given: kindOf(value),
    expected: `left out: there is no such option${others}`,
  };
};

/** Checks each option of an object, and reports unknown options. Undefined values do not count. */
export const checkedOptions = (given: unknown, checks: Checks, set: OptionSet): CheckedOptions => {
  const { path, expected } = set;
  if (!isObject(given)) return { options: {}, wrong: wrong(path, given, expected) };
  const known = Object.keys(checks);
  const all = Object.entries(given)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const option = path === '' ? name : `${path}.${name}`;
      const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
      const problems =
        check === undefined ? [unknownOption(option, name, value, known, set)] : check(option, value);
      return { name, value, problems };
    });
  return {
    options: Object.fromEntries(
      all.filter(({ problems }) => problems.length === 0).map(({ name, value }) => [name, value]),
    ),
    wrong: all.flatMap(({ problems }) => problems),
  };
};

/** The error of an object that lacks required options. A value that is not an object gets its error elsewhere. */
export const lacking = (
  option: string,
  value: unknown,
  needed: readonly string[],
  expected = `an object with ${needed.join(' and ')}`,
): readonly WrongOption[] => {
  const lacks = isObject(value) ? needed.filter((name) => value[name] === undefined) : [];
  return lacks.length === 0 ? [] : wrong(option, `an object without ${lacks.join(' and ')}`, expected);
};
