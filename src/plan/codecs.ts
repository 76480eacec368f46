import * as t from 'io-ts';
import { isLeft } from 'fp-ts/Either';

const refined = (name: string, accepts: (value: string) => boolean): t.Type<string> =>
  new t.Type<string>(
    name,
    (u): u is string => typeof u === 'string' && accepts(u),
    (u, context) => (typeof u === 'string' && accepts(u) ? t.success(u) : t.failure(u, context)),
    t.identity,
  );

const hasControlCharacter = (value: string): boolean => /[\u0000-\u001f\u007f]/.test(value);

/** A SHA-256 digest: 64 lower-case hexadecimal digits. */
export const Digest = refined('Digest', (value) => /^[0-9a-f]{64}$/.test(value));

/**
 * A path inside a folder, with `/` between its parts: never absolute, no `.`, `..` or empty part, no NUL.
 * Other characters are allowed: a file may be called almost anything.
 */
export const RelativePath = refined(
  'RelativePath',
  (value) =>
    value.length > 0 &&
    value.length <= 4096 &&
    !value.includes('\0') &&
    value.split('/').every((part) => part !== '' && part !== '.' && part !== '..') &&
    !/^[A-Za-z]:/.test(value),
);

/** An absolute path of this machine, POSIX or Windows: a location, never part of a hash. */
export const AbsolutePath = refined(
  'AbsolutePath',
  (value) => /^(\/|[A-Za-z]:[\\/]|\\\\)/.test(value) && !value.includes('\0'),
);

/** The name of an environment variable (POSIX "Environment Variable Definition"). */
export const EnvironmentName = refined('EnvironmentName', (value) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(value));

/** A single line of text that can be an argument of its own: no control character, not an option. */
export const PlainArgument = refined(
  'PlainArgument',
  (value) => value.length > 0 && !value.startsWith('-') && !hasControlCharacter(value),
);

/** A distribution name (PEP 508, "Names"). */
export const PackageName = refined('PackageName', (value) =>
  /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(value),
);

/** A Lambda handler: no white space, at most 128 characters (CloudFormation, `AWS::Lambda::Function` Handler). */
export const LambdaHandler = refined('LambdaHandler', (value) => /^[^\s]{1,128}$/.test(value));

/** A number of bytes or a file mode: a whole number, not negative. */
export const Natural = new t.Type<number>(
  'Natural',
  (u): u is number => Number.isSafeInteger(u) && (u as number) >= 0,
  (u, context) =>
    Number.isSafeInteger(u) && (u as number) >= 0 ? t.success(u as number) : t.failure(u, context),
  t.identity,
);

/** An object with exactly these fields: an unknown one is a failure under its own name (`t.strict` would drop it). */
export const closed = <P extends t.Props>(props: P, name: string): t.Type<t.TypeOf<t.TypeC<P>>> => {
  const open = t.type(props, name);
  const unknownField = t.never;
  return new t.Type(
    name,
    open.is,
    (u, context) => {
      const result = open.validate(u, context);
      if (isLeft(result) && (typeof u !== 'object' || u === null)) return result;
      const unknown = Object.getOwnPropertyNames(u).filter((key) => !Object.hasOwn(props, key));
      const extra = unknown.map((key): t.ValidationError => ({
        value: (u as Record<string, unknown>)[key],
        context: t.appendContext(context, key, unknownField, undefined),
      }));
      const errors = [...(isLeft(result) ? result.left : []), ...extra];
      return errors.length === 0 ? result : t.failures(errors);
    },
    open.encode,
  );
};
