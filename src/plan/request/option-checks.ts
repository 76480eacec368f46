import { brief, kindOfObject } from '../values/field-error';
import { nearest } from '../values/nearest-name';

/** An option that cannot be what was given for it; code without types may give anything. */
export interface WrongOption {
  /** Its path in the properties, such as `bundling.exclude[0]`. */
  readonly option: string;
  /** What was given, in a few words. */
  readonly given: string;
  /** What it must be, as in "must be …". */
  readonly expected: string;
}

/** Gives what is wrong with the value of an option. */
export type Check = (option: string, value: unknown) => readonly WrongOption[];

export type Checks = Readonly<Record<string, Check>>;

/** Options as far as they can be read, and what is wrong with the others. */
export interface CheckedOptions {
  readonly options: Readonly<Record<string, unknown>>;
  readonly wrong: readonly WrongOption[];
}

/** A value in few words: a text as it is, and no source of a function. */
const shown = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return typeof value === 'function' ? 'a function' : brief(value);
};

export const wrong = (option: string, value: unknown, expected: string): readonly WrongOption[] => [
  { option, given: shown(value), expected },
];

/** The kind of a value that no message may have: it may be a secret. */
export const kindOf = (value: unknown): string =>
  typeof value === 'object' ? brief(value) : `a ${typeof value}`;

/** A check that one condition decides. */
export const mustBe =
  (expected: string, holds: (value: unknown) => boolean): Check =>
  (option, value) =>
    holds(value) ? [] : wrong(option, value, expected);

export const isText = mustBe('a text', (value) => typeof value === 'string');

/** An empty path would be a folder that nobody has named: a variable without a value is often one. */
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

/** Whether something has properties: no list and not null, and no Map or Promise, whose content is in no property. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && kindOfObject(value) === 'Object';

/**
 * Names and texts, such as variables. The values may be secrets, so no message has one. The value of a variable that is not set is
 * no text: a command that reads it would do something else, in silence.
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
  /** Where it is in the properties; the empty text for the properties themselves. */
  readonly path: string;
  /** What must be given in its place, as in "must be …". */
  readonly expected: string;
  /** The options that there are, in words. @default all their names */
  readonly names?: string;
  /** Paths of options of other sets, by which one that was given at the wrong place is known. @default none */
  readonly elsewhere?: readonly string[];
  /** Names that other constructs have for options, and what the options are called here. @default none */
  readonly renamed?: Readonly<Record<string, string>>;
}

/**
 * Options that may be meant: those of the name at other places, and the one here with the nearest name. Beside those of the same
 * name, a near one counts where it is the name with more after it.
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
  // The value of what is no option may be anything, a password too.
  return {
    option,
    given: kindOf(value),
    expected: `left out: there is no such option${others}`,
  };
};

/** Checks each option of an object by its name; tells what is no option. Options without a value do not count. */
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

/** That an object lacks options without which it means nothing; where something is no object, its own check says so. */
export const lacking = (
  option: string,
  value: unknown,
  needed: readonly string[],
  expected = `an object with ${needed.join(' and ')}`,
): readonly WrongOption[] => {
  const lacks = isObject(value) ? needed.filter((name) => value[name] === undefined) : [];
  return lacks.length === 0 ? [] : wrong(option, `an object without ${lacks.join(' and ')}`, expected);
};
