/** The runs of an installer for some requirements files without their dependencies. */
export const aloneRuns = (
  [first = []]: readonly (readonly string[])[],
  files: readonly string[],
): readonly (readonly string[])[] => {
  const kept = first.filter(
    (argument, at) =>
      !['--no-deps', '--require-hashes', '--index-strategy', '--requirement'].includes(argument) &&
      !['--index-strategy', '--requirement'].includes(first[at - 1] ?? ''),
  );
  return files.map((file) => [...kept, '--no-deps', '--requirement', file]);
};
