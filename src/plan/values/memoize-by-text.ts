/**
 * Computes a function once for each text. Several checks read the same line of a requirements file, in each function
 * that uses the file. The result is shared: nobody may change it.
 */
export const memoizeByText = <A>(make: (text: string) => A): ((text: string) => A) => {
  const known = new Map<string, { readonly value: A }>();
  return (text) => {
    const found = known.get(text) ?? { value: make(text) };
    known.set(text, found);
    return found.value;
  };
};
