import { namesPlace } from '../../plan/declarations/lines/requested-lines';
import { readRequirements } from '../../plan/declarations/lines/requirements-file';
import { isRemote } from '../../plan/packaging/local/local-reference';

/**
 * The lines of requirements files that name indexes: a build looks there for its build requirements. Undefined if
 * another line affects builds, so that a package would be built differently alone.
 */
export const localOptions = (texts: readonly string[]): readonly string[] | undefined => {
  const lines = texts.flatMap(readRequirements);
  const isOdd = lines.some(
    (line) =>
      (line._tag === 'LocalPackage' && /\s-[-C]/.test(line.rest)) ||
      (line._tag === 'FindLinks' && !isRemote(line.target)) ||
      (line._tag === 'Option' && !namesPlace(line) && !/^--(trusted-host|require-hashes)\b/.test(line.text)),
  );
  return isOdd
    ? undefined
    : [
        ...new Set(
          lines
            .filter((line) => namesPlace(line) || /^--trusted-host\b/.test(line.text))
            .map(({ text }) => text),
        ),
      ];
};
