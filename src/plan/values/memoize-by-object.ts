/**
 * Computes a function once for each object, so functions of an app that share a requirements file also share its parsed
 * form. The result is shared: nobody may change it.
 */
export const memoizeByObject = <K extends object, A>(make: (key: K) => A): ((key: K) => A) => {
  const known = new WeakMap<K, { readonly value: A }>();
  return (key) => {
    const found = known.get(key) ?? { value: make(key) };
    known.set(key, found);
    return found.value;
  };
};
