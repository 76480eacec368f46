/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Keys that lead to a value. */
export type Path = readonly string[];

const isTree = (value: Json | undefined): value is Extract<Json, object> =>
  typeof value === 'object' && value !== null;

const childrenOf = (value: Json): readonly (readonly [string, Json])[] =>
  isTree(value) ? Object.entries(value) : [];

/** The paths of all values inside a value, itself included. */
export const pathsOf = (value: Json, at: Path = []): readonly Path[] => [
  at,
  ...childrenOf(value).flatMap(([key, child]) => pathsOf(child, [...at, key])),
];

export const valueAt = (value: Json, path: Path): Json =>
  path.reduce<Json>(
    (found, key) => (isTree(found) ? ((found as Record<string, Json>)[key] ?? null) : null),
    value,
  );

/** A copy in which the value at a path is what a function makes of it; `undefined` takes an object's field out. */
export const changed = (value: Json, path: Path, change: (old: Json) => Json | undefined): Json => {
  const [key, ...rest] = path;
  if (key === undefined) return change(value) ?? null;
  const entries = childrenOf(value).flatMap(([name, child]): [string, Json][] => {
    if (name !== key) return [[name, child]];
    const made = rest.length === 0 ? change(child) : changed(child, rest, change);
    return made === undefined ? [] : [[name, made]];
  });
  return Array.isArray(value) ? entries.map(([, child]) => child) : Object.fromEntries(entries);
};

/** A copy in which the object at a path has one more field, under a name such as `__proto__`. */
export const widened = (value: Json, path: Path, name: string): Json =>
  changed(value, path, (old) => {
    const text = JSON.stringify(old);
    return JSON.parse(text === '{}' ? `{"${name}":1}` : text.replace(/\}$/, `,"${name}":{"x":1}}`)) as Json;
  });

/** Something that is of another kind than a value. */
export const ofAnotherKind = (value: Json): Json =>
  typeof value === 'object' && value !== null ? 7 : { wrong: [] };

export const isObject = (value: Json): boolean => isTree(value) && !Array.isArray(value);
