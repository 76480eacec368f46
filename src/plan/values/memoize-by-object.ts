/**
 * A function of one object that is worked out once for that object: the functions of an app that share a requirements
 * file share what is read in it. The result is shared as well, so it must be a value that nobody changes.
 */
export const byIdentity = <K extends object, A>(make: (key: K) => A): ((key: K) => A) => {
  const known = new WeakMap<K, { readonly value: A }>();
  return (key) => {
    const found = known.get(key) ?? { value: make(key) };
    known.set(key, found);
    return found.value;
  };
};
