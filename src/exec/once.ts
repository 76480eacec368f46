/** Reads what a key stands for the first time, and gives the same value for that key from then on. */
export type Once<A> = (key: readonly unknown[], read: () => A) => A;

/** @returns a memory of its own, for keys of plain data: two are the same where their JSON is */
export const once = <A>(): Once<A> => {
  const known = new Map<string, { readonly value: A }>();
  return (parts, read) => {
    const key = JSON.stringify(parts);
    const found = known.get(key) ?? { value: read() };
    known.set(key, found);
    return found.value;
  };
};
