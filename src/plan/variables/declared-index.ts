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

/** Whether requirements files say which index is asked. */
const namesIndex = (texts: readonly string[]): boolean =>
  texts.some((text) => /^[ \t]*(-i|--(index|pypi)-url(?![\w-]))/m.test(text));

/**
 * The variables of this machine without its indexes, where the requirements name one. pip then asks that one alone; uv would ask
 * the machine's before it.
 *
 * @param texts those of the requirements files
 */
export const withoutOtherIndexes = <A extends Values>(own: A, texts: readonly string[]): A =>
  namesIndex(texts)
    ? (Object.fromEntries(Object.entries(own).filter(([name]) => !INDEX_VARIABLES.includes(name))) as A)
    : own;

/** The same for a container, whose client has the variables of this machine: those of its indexes, set to nothing. */
export const clearedIndexes = (texts: readonly string[]): Readonly<Record<string, string>> =>
  namesIndex(texts) ? Object.fromEntries(INDEX_VARIABLES.map((name) => [name, ''])) : {};

/** Those of them that name indexes beside the default one. */
const FURTHER_VARIABLES: readonly string[] = ['UV_INDEX', 'UV_EXTRA_INDEX_URL', 'PIP_EXTRA_INDEX_URL'];

/**
 * The variables of a run without the machine's further indexes: a lock that says where each package comes from uses none of them, and uv
 * would ask them first.
 *
 * @param declared names of the app's own variables, which stay
 */
export const withoutFurtherIndexes = <A extends Values>(own: A, declared: readonly string[]): A =>
  Object.fromEntries(
    Object.entries(own).filter(([name]) => !FURTHER_VARIABLES.includes(name) || declared.includes(name)),
  ) as A;

/** The same for a container: set to nothing. */
export const CLEARED_FURTHER_INDEXES: Readonly<Record<string, string>> = Object.fromEntries(
  FURTHER_VARIABLES.map((name) => [name, '']),
);
