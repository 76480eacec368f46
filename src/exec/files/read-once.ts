/** Reads a key's value the first time, and gives the same value for that key while it is current. */
export type Once<A> = (key: readonly unknown[], read: () => A, isCurrent?: (value: A) => boolean) => A;

/** @returns a memory of its own, for keys of plain data; keys with the same JSON are the same key */
export const once = <A>(): Once<A> => {
  const known = new Map<string, { readonly value: A }>();
  return (parts, read, isCurrent = () => true) => {
    const key = JSON.stringify(parts);
    const before = known.get(key);
    const found = before !== undefined && isCurrent(before.value) ? before : { value: read() };
    known.set(key, found);
    return found.value;
  };
};
