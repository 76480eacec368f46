import type { ValidationError } from 'io-ts';
import { redactUrls } from './redact';

/** An invalid field of a plan. */
export interface PlanFieldError {
  /** JSON pointer (RFC 6901) of the field; the empty text is the whole plan. */
  readonly path: string;
  readonly message: string;
}

export const pointer = (keys: readonly string[]): string =>
  keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** A value in a few words, however long or deep it is. */
export const brief = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) {
    const kind = kindOfObject(value);
    return kind === 'Object' ? 'an object' : `a ${kind}`;
  }
  if (typeof value !== 'string') return String(value);
  // The name of a variable and the host of a URL may be shown. The rest may be a secret.
  const shown = redactUrls(value).replace(/^([A-Za-z_]\w*)=.+$/s, '$1=…');
  return JSON.stringify(shown.length > 60 ? `${shown.slice(0, 57)}…` : shown);
};

/** JavaScript's name for an object: `Object` for plain objects and instances of classes; else `Array`, `Map`, `Date`. */
export const kindOfObject = (value: object): string => Object.prototype.toString.call(value).slice(8, -1);

const UNKNOWN = 'unknown field';

/** A codec's error as a field error. No codec of a plan adds steps of its own to the context (as `t.union` would). */
export const fieldErrorOf = ({ context, value }: ValidationError): PlanFieldError => {
  const expected = context.at(-1)?.type.name ?? '';
  return {
    path: pointer(context.slice(1).map(({ key }) => key)),
    message: expected === 'never' ? UNKNOWN : `expected ${expected}, got ${brief(value)}`,
  };
};

const isTree = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * Compares a value, leaf by leaf, with what other fields say it must be: it may not differ, lack anything, or have
 * anything more. As deep as the expected value, never as deep as the found one.
 */
export const differences = (found: unknown, expected: unknown, path: string): readonly PlanFieldError[] => {
  if (Object.is(found, expected)) return [];
  if (!isTree(found) || !isTree(expected) || Array.isArray(found) !== Array.isArray(expected))
    return [
      {
        path,
        message: expected === undefined ? UNKNOWN : `must be ${brief(expected)}, got ${brief(found)}`,
      },
    ];
  const valueIn = (tree: object, key: string): unknown =>
    Object.hasOwn(tree, key) ? (tree as Readonly<Record<string, unknown>>)[key] : undefined;
  return [...new Set([...Object.keys(expected), ...Object.keys(found)])].flatMap((key) =>
    differences(valueIn(found, key), valueIn(expected, key), `${path}${pointer([key])}`),
  );
};
