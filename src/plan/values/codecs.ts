import * as t from 'io-ts';
import { isLeft } from 'fp-ts/Either';
import { isMoment } from './moment';

/** A text that a test accepts. */
export const refined = (name: string, accepts: (value: string) => boolean): t.Type<string> =>
  new t.Type<string>(
    name,
    (u): u is string => typeof u === 'string' && accepts(u),
    (u, context) => (typeof u === 'string' && accepts(u) ? t.success(u) : t.failure(u, context)),
    t.identity,
  );

const hasControlCharacter = (value: string): boolean => /[\u0000-\u001f\u007f]/.test(value);

/** A SHA-256 digest: 64 lower-case hexadecimal digits. */
export const Digest = refined('Digest', (value) => /^[0-9a-f]{64}$/.test(value));

const isInside = (value: string): boolean =>
  value.length <= 4096 &&
  !value.includes('\0') &&
  // No part is empty or a dot. Every file of every function is checked here, so the path is not split.
  !/(^|\/)\.?(\/|$)/.test(value) &&
  // Windows has two separators, and a plan may be run there.
  !/(^|[/\\])\.\.([/\\]|$)/.test(value) &&
  !/^[A-Za-z]:[/\\]/.test(value);

/**
 * A path inside a folder, with `/` between its parts: never absolute, no `.`, `..` or empty part, no NUL.
 * Other characters are allowed: a file may be called almost anything.
 */
export const RelativePath = refined('RelativePath', isInside);

/** A {@link RelativePath}, or `.` for the folder itself. */
export const RelativeFolder = refined('RelativeFolder', (value) => value === '.' || isInside(value));

const isAbsolute = (value: string): boolean =>
  /^(\/|[A-Za-z]:[\\/]|\\\\)/.test(value) && !value.includes('\0');

/** An absolute path of this machine, POSIX or Windows: a location, never part of a hash. */
export const AbsolutePath = refined('AbsolutePath', isAbsolute);

const FOLDERS_OF_A_RUN = ['input', 'output', 'bytecode', 'tools', 'cache'];

/** The source of a mount on the engine's machine: the name of a folder that is made for the run, or a path. */
export const MountSource = refined(
  'MountSource',
  (value) => FOLDERS_OF_A_RUN.includes(value) || isAbsolute(value),
);

/** The name of an environment variable (POSIX "Environment Variable Definition"). */
export const EnvironmentName = refined('EnvironmentName', (value) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(value));

/** A single line of text that can be an argument of its own: no control character, not an option. */
export const PlainArgument = refined(
  'PlainArgument',
  (value) => value.length > 0 && !value.startsWith('-') && !hasControlCharacter(value),
);

/** A capability as engines name it, with or without `CAP_`; `ALL` for each. */
export const Capability = refined('Capability', (value) => /^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(value));

/** An amount of memory as engines take it: a whole number, and `b`, `k`, `m` or `g` after it. */
export const MemoryLimit = refined('MemoryLimit', (value) => /^[1-9][0-9]{0,18}[bkmg]?$/i.test(value));

/** One line of text, also for Python's `splitlines`: no control character but tabs, no line separator of Unicode. */
export const Line = refined(
  'Line',
  (value) => !/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029]/.test(value),
);

/** A time with its zone (RFC 3339), as installers take it as an argument. */
export const Moment = refined('Moment', (value) => value.length > 10 && isMoment(value));

/** A distribution name (PEP 508, "Names"). */
export const PackageName = refined('PackageName', (value) =>
  /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(value),
);

/**
 * A Lambda handler: dotted names without white space, at most 128 characters (CloudFormation,
 * `AWS::Lambda::Function` Handler).
 */
export const LambdaHandler = refined(
  'LambdaHandler',
  (value) => value.length <= 128 && /^[^\s.]+(\.[^\s.]+)+$/.test(value),
);

const isNatural = (u: unknown): u is number => Number.isSafeInteger(u) && (u as number) >= 0;

/** A number of bytes or of a line: a whole number, not negative. */
export const Natural = new t.Type<number>(
  'Natural',
  isNatural,
  (u, context) => (isNatural(u) ? t.success(u) : t.failure(u, context)),
  t.identity,
);

const isPidsLimit = (u: unknown): u is number => u === -1 || (isNatural(u) && u > 0);

/** The most processes that a container has at once; -1 for as many as there may be. */
export const PidsLimit = new t.Type<number>(
  'PidsLimit',
  isPidsLimit,
  (u, context) => (isPidsLimit(u) ? t.success(u) : t.failure(u, context)),
  t.identity,
);

/** How many errors of one list or object are reported. A list with a million errors needs no million messages. */
const MOST_TOLD = 20;

/** A list. The check stops after enough errors. */
export const list = <A>(item: t.Type<A>): t.Type<readonly A[]> => {
  const all = t.readonlyArray(item);
  return new t.Type<readonly A[]>(
    all.name,
    all.is,
    (u, context) => {
      if (!Array.isArray(u)) return t.failure(u, context);
      const errors: t.ValidationError[] = [];
      for (let at = 0; at < u.length && errors.length < MOST_TOLD; at += 1) {
        const result = item.validate(u[at], t.appendContext(context, String(at), item, u[at]));
        if (isLeft(result)) errors.push(...result.left);
      }
      return errors.length === 0 ? t.success(u as readonly A[]) : t.failures(errors);
    },
    all.encode,
  );
};

const isObject = (u: unknown): u is Readonly<Record<string, unknown>> =>
  typeof u === 'object' && u !== null && !Array.isArray(u);

/** An object with exactly these fields: an unknown one is a failure under its own name (`t.strict` would drop it). */
export const closed = <P extends t.Props>(props: P, name: string): t.Type<t.TypeOf<t.TypeC<P>>> => {
  const open = t.type(props, name);
  const unknownIn = (u: object): readonly string[] =>
    Object.getOwnPropertyNames(u)
      .filter((key) => !Object.hasOwn(props, key))
      .slice(0, MOST_TOLD);
  return new t.Type(
    name,
    (u): u is t.TypeOf<t.TypeC<P>> => open.is(u) && unknownIn(u).length === 0,
    (u, context) => {
      if (!isObject(u)) return t.failure(u, context);
      const result = open.validate(u, context);
      const extra = unknownIn(u).map((key): t.ValidationError => ({
        value: u[key],
        context: t.appendContext(context, key, t.never, undefined),
      }));
      const errors = [...(isLeft(result) ? result.left : []), ...extra];
      return errors.length === 0 ? result : t.failures(errors);
    },
    open.encode,
  );
};

/** A value or null. Unlike `t.union`, it reports errors inside the value only. */
export const nullable = <A>(codec: t.Type<A>): t.Type<A | null> =>
  new t.Type<A | null>(
    `${codec.name} or null`,
    (u): u is A | null => u === null || codec.is(u),
    (u, context) => (u === null ? t.success(u) : codec.validate(u, context)),
    (a) => (a === null ? a : codec.encode(a)),
  );

/** One of several objects, told apart by `_tag`. Only the object that the tag names reports errors. */
export const tagged = <A extends { readonly _tag: string }>(
  members: { readonly [K in A['_tag']]: t.Type<Extract<A, { readonly _tag: K }>> },
  name: string,
): t.Type<A> => {
  const byTag = members as unknown as Readonly<Record<string, t.Type<A>>>;
  const tag = t.keyof(byTag, `tag of ${name}`);
  const memberOf = (u: unknown): t.Type<A> | undefined =>
    isObject(u) && tag.is(u['_tag']) ? byTag[u['_tag']] : undefined;
  return new t.Type<A>(
    name,
    (u): u is A => memberOf(u)?.is(u) ?? false,
    (u, context) => {
      if (!isObject(u)) return t.failure(u, context);
      const found = u['_tag'];
      return (
        memberOf(u)?.validate(u, context) ?? t.failure(found, t.appendContext(context, '_tag', tag, found))
      );
    },
    (a) => memberOf(a)?.encode(a) ?? a,
  );
};

/** An object of a closed type with more fields, each of which may be left out. */
export const withOptional = <A, P extends t.Props>(
  always: t.Type<A>,
  optional: P,
): t.Type<A & Partial<Readonly<t.TypeOfProps<P>>>> => {
  type Whole = A & Partial<Readonly<t.TypeOfProps<P>>>;
  type Field = readonly [name: string, codec: t.Mixed, value: unknown];
  const split = (u: unknown): { readonly rest: unknown; readonly fields: readonly Field[] } => {
    if (!isObject(u)) return { rest: u, fields: [] };
    const fields = Object.entries(optional).flatMap(([name, codec]): readonly Field[] =>
      Object.hasOwn(u, name) ? [[name, codec, u[name]]] : [],
    );
    const rest = Object.entries(u).filter(([name]) => !Object.hasOwn(optional, name));
    return { rest: fields.length === 0 ? u : Object.fromEntries(rest), fields };
  };
  return new t.Type<Whole>(
    always.name,
    (u): u is Whole => {
      const { rest, fields } = split(u);
      return always.is(rest) && fields.every(([, codec, value]) => codec.is(value));
    },
    (u, context): t.Validation<Whole> => {
      const { rest, fields } = split(u);
      const read = [
        always.validate(rest, context),
        ...fields.map(([name, codec, value]) =>
          codec.validate(value, t.appendContext(context, name, codec, value)),
        ),
      ];
      const errors = read.flatMap((each) => (isLeft(each) ? each.left : []));
      return errors.length > 0 ? t.failures(errors) : t.success(u as unknown as Whole);
    },
    t.identity,
  );
};
