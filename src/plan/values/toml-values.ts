/** A parsed table of a TOML file, with values of any type. */
export type TomlTable = Readonly<Record<string, unknown>>;

/** A value as a table; undefined for anything else (an array, a date, …). */
export const asTable = (value: unknown): TomlTable | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
    ? (value as TomlTable)
    : undefined;

export const asArray = (value: unknown): readonly unknown[] | undefined =>
  Array.isArray(value) ? value : undefined;

export const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A value as a message shows it. A table has no prototype, so `String` would throw. */
export const shownValue = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);

/** The value under a path of keys. Inherited properties of objects do not count. */
export const valueAt = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>((found, key) => {
    const table = asTable(found);
    return table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
  }, value);

export const tableAt = (value: unknown, ...keys: readonly string[]): TomlTable | undefined =>
  asTable(valueAt(value, ...keys));

export const textAt = (value: unknown, ...keys: readonly string[]): string | undefined =>
  asText(valueAt(value, ...keys));

/** The elements of the array under a path of keys; empty where there is no array. */
export const itemsAt = (value: unknown, ...keys: readonly string[]): readonly unknown[] =>
  asArray(valueAt(value, ...keys)) ?? [];

/** The texts of the array under a path of keys, without its other elements. */
export const textsAt = (value: unknown, ...keys: readonly string[]): readonly string[] =>
  itemsAt(value, ...keys).flatMap((item) => asText(item) ?? []);

/** The tables of an array of tables (`[[package]]`) under a path of keys. */
export const tablesAt = (value: unknown, ...keys: readonly string[]): readonly TomlTable[] =>
  itemsAt(value, ...keys).flatMap((item) => {
    const table = asTable(item);
    return table === undefined ? [] : [table];
  });
