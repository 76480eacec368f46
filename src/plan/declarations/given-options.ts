import { brief } from '../field-error';
import { SLIM_KINDS } from '../slim';

/** An option that cannot be what was given for it; code without types may give anything. */
export interface WrongOption {
  readonly option: string;
  /** What was given, in a few words. */
  readonly given: string;
  /** What it must be, as in "must be …". */
  readonly expected: string;
}

/** What was given of dependencies, as far as it can be read. */
interface GivenOptions {
  readonly options: Readonly<Record<string, unknown>>;
  readonly wrong: readonly WrongOption[];
}

type Check = (option: string, value: unknown) => readonly WrongOption[];

const wrong = (option: string, value: unknown, expected: string): readonly WrongOption[] => [
  { option, given: typeof value === 'string' ? value : brief(value), expected },
];

const isText: Check = (option, value) => (typeof value === 'string' ? [] : wrong(option, value, 'a text'));

const isBoolean: Check = (option, value) =>
  typeof value === 'boolean' ? [] : wrong(option, value, 'true or false');

const isSlimKind: Check = (option, value) =>
  SLIM_KINDS.some((kind) => kind === value)
    ? []
    : wrong(option, value, `one of ${SLIM_KINDS.map((kind) => JSON.stringify(kind)).join(', ')}`);

const listOf =
  (check: Check, expected = 'a list of texts'): Check =>
  (option, value) =>
    Array.isArray(value)
      ? value.flatMap((item: unknown, index) => check(`${option}[${index}]`, item))
      : wrong(option, value, expected);

const isSlim: Check = (option, value) =>
  typeof value === 'boolean' ? [] : listOf(isSlimKind, 'true, false or a list of kinds')(option, value);

const CHECKS: Readonly<Record<string, Check>> = {
  from: isText,
  groups: listOf(isText),
  extras: listOf(isText),
  index: isText,
  extraIndexes: listOf(isText),
  requireHashes: isBoolean,
  requirePinned: isBoolean,
  resolvedAsOf: isText,
  omit: listOf(isText),
  exclude: listOf(isText),
  slim: isSlim,
};

const checkOne = (name: string, value: unknown): readonly WrongOption[] => {
  const option = `dependencies.${name}`;
  const check = Object.hasOwn(CHECKS, name) ? CHECKS[name] : undefined;
  return check === undefined
    ? // The value of what is no option may be anything, a password too.
      wrong(
        option,
        `a ${typeof value}`,
        `left out: there is no such option, only ${Object.keys(CHECKS).join(', ')}`,
      )
    : check(option, value);
};

/** Tells what of the options of dependencies is none; that is left out of the others. */
export const givenOptions = (given: unknown): GivenOptions => {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return { options: {}, wrong: wrong('dependencies', given, 'an object with options') };
  const all = Object.entries(given as Readonly<Record<string, unknown>>)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({ name, value, problems: checkOne(name, value) }));
  return {
    options: Object.fromEntries(
      all.filter(({ problems }) => problems.length === 0).map(({ name, value }) => [name, value]),
    ),
    wrong: all.flatMap(({ problems }) => problems),
  };
};
