/** The runs of an installer that install some requirements files, and nothing that these need. */
export const aloneRuns = (
  [first = []]: readonly (readonly string[])[],
  files: readonly string[],
): readonly (readonly string[])[] => {
  const kept = first.filter(
    (argument, at) =>
      !['--no-deps', '--require-hashes', '--requirement'].includes(argument) &&
      first[at - 1] !== '--requirement',
  );
  return files.map((file) => [...kept, '--no-deps', '--requirement', file]);
};
