import type { Values } from './installer-environment';

/** Variables that name package indexes. */
export const INDEX_VARIABLES: readonly string[] = [
  'UV_DEFAULT_INDEX',
  'UV_INDEX_URL',
  'UV_INDEX',
  'UV_EXTRA_INDEX_URL',
  'PIP_INDEX_URL',
  'PIP_EXTRA_INDEX_URL',
];

/** Whether requirements files name the main index. */
const namesIndex = (texts: readonly string[]): boolean =>
  texts.some((text) => /^[ \t]*(-i|--(index|pypi)-url(?![\w-]))/m.test(text));

/**
 * The variables of this machine, without those for indexes where the requirements name an index. pip then asks that
 * index alone, but uv would ask the machine's indexes first.
 *
 * @param texts the texts of the requirements files
 */
export const withoutOtherIndexes = <A extends Values>(own: A, texts: readonly string[]): A =>
  namesIndex(texts)
    ? (Object.fromEntries(Object.entries(own).filter(([name]) => !INDEX_VARIABLES.includes(name))) as A)
    : own;

/**
 * {@link withoutOtherIndexes} for a container: its client has the variables of this machine, so those for indexes
 * become empty.
 */
export const clearedIndexes = (texts: readonly string[]): Readonly<Record<string, string>> =>
  namesIndex(texts) ? Object.fromEntries(INDEX_VARIABLES.map((name) => [name, ''])) : {};

/** The variables that name extra indexes besides the default one. */
const FURTHER_VARIABLES: readonly string[] = ['UV_INDEX', 'UV_EXTRA_INDEX_URL', 'PIP_EXTRA_INDEX_URL'];

/**
 * The variables of a run, without the machine's extra indexes. A lock that says where each package comes from uses none
 * of them, but uv would ask them first.
 *
 * @param declared names of the app's own variables, which stay
 */
export const withoutFurtherIndexes = <A extends Values>(own: A, declared: readonly string[]): A =>
  Object.fromEntries(
    Object.entries(own).filter(([name]) => !FURTHER_VARIABLES.includes(name) || declared.includes(name)),
  ) as A;

/** The extra indexes for a container, with empty values. */
export const CLEARED_FURTHER_INDEXES: Readonly<Record<string, string>> = Object.fromEntries(
  FURTHER_VARIABLES.map((name) => [name, '']),
);
