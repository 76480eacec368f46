/**
 * A function of a text that is worked out once for that text: a line of a requirements file is asked about by several
 * checks, in each function that uses the file. The result is shared, so it must be a value that nobody changes.
 */
export const byText = <A>(make: (text: string) => A): ((text: string) => A) => {
  const known = new Map<string, { readonly value: A }>();
  return (text) => {
    const found = known.get(text) ?? { value: make(text) };
    known.set(text, found);
    return found.value;
  };
};
