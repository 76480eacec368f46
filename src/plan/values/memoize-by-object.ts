/**
 * Memoizes a function of an object: the functions of an app that share a requirements
 * file share what was read from it. The result is shared as well, so nobody may change it.
 */
export const byIdentity = <K extends object, A>(make: (key: K) => A): ((key: K) => A) => {
  const known = new WeakMap<K, { readonly value: A }>();
  return (key) => {
    const found = known.get(key) ?? { value: make(key) };
    known.set(key, found);
    return found.value;
  };
};
