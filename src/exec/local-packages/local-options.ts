import { namesPlace } from '../../plan/declarations/lines/requested-lines';
import { readRequirements } from '../../plan/declarations/lines/requirements-file';
import { isRemote } from '../../plan/packaging/local/local-reference';

/**
 * The lines of requirements files that say where packages are looked for: a build looks there for what it needs. Undefined where
 * a line says something else of builds, so that a package is not what it would be alone.
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
