/**
 * Memoizes a function of a text: several checks read the same line of a requirements file,
 * for each function that uses the file. The result is shared, so nobody may change it.
 */
export const byText = <A>(make: (text: string) => A): ((text: string) => A) => {
  const known = new Map<string, { readonly value: A }>();
  return (text) => {
    const found = known.get(text) ?? { value: make(text) };
    known.set(text, found);
    return found.value;
  };
};
