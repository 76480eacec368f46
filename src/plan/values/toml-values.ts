/** A parsed TOML table, whose values have not been checked. */
export type TomlTable = Readonly<Record<string, unknown>>;

/** A value as a table; undefined for anything else (an array, a date, …). */
export const asTable = (value: unknown): TomlTable | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
    ? (value as TomlTable)
    : undefined;

export const asArray = (value: unknown): readonly unknown[] | undefined =>
  Array.isArray(value) ? value : undefined;

export const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A value for a message. TOML tables have no prototype, so `String` would throw. */
export const tomlText = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);

/** The value at a path of keys. Only the file's own keys count, not keys that all objects inherit. */
export const valueAt = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>((found, key) => {
    const table = asTable(found);
    return table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
  }, value);

export const tableAt = (value: unknown, ...keys: readonly string[]): TomlTable | undefined =>
  asTable(valueAt(value, ...keys));

export const textAt = (value: unknown, ...keys: readonly string[]): string | undefined =>
  asText(valueAt(value, ...keys));

/** The elements of the array at a path of keys; empty where there is no array. */
export const itemsAt = (value: unknown, ...keys: readonly string[]): readonly unknown[] =>
  asArray(valueAt(value, ...keys)) ?? [];

/** The texts in the array at a path of keys. Other elements are left out. */
export const textsAt = (value: unknown, ...keys: readonly string[]): readonly string[] =>
  itemsAt(value, ...keys).flatMap((item) => asText(item) ?? []);

/** The tables of the array of tables (`[[package]]`) at a path of keys. */
export const tablesAt = (value: unknown, ...keys: readonly string[]): readonly TomlTable[] =>
  itemsAt(value, ...keys).flatMap((item) => {
    const table = asTable(item);
    return table === undefined ? [] : [table];
  });
