import { distance } from 'fastest-levenshtein';

/** The words of a name, such as `memory` and `size` of `memorySize`. */
const wordsOf = (name: string): readonly string[] =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');

const commonBeginning = (one: string, other: string): number => {
  const differs = [...one].findIndex((letter, index) => letter !== other[index]);
  return differs === -1 ? one.length : differs;
};

/** Whether one word abbreviates the other (`env`), or both share a stem (`concurrency` and `concurrent`). */
const areAlike = (one: string, other: string): boolean => {
  const common = commonBeginning(one, other);
  const [shorter, longer] = [one.length, other.length].sort((a, b) => a - b) as [number, number];
  return one === other || (common >= 3 && (common === shorter || common * 3 >= longer * 2));
};

const hasWord = (words: readonly string[], word: string): boolean =>
  words.some((each) => areAlike(each, word));

/** The number of words that only one of the names has; undefined where neither name contains all words of the other. */
const wordsApart = (one: readonly string[], other: readonly string[]): number | undefined => {
  const missing = one.filter((word) => !hasWord(other, word)).length;
  const added = other.filter((word) => !hasWord(one, word)).length;
  return missing === 0 || added === 0 ? missing + added : undefined;
};

/** The number of letters that may differ. A short name is near to many others, so fewer letters may differ. */
const mostLetters = ({ length }: string): number => (length <= 4 ? 1 : Math.max(2, Math.floor(length / 3)));

const sorted = (name: string): string => [...name].sort().join('');

const byLetters = (name: string, known: string): number | undefined => {
  const [one, other] = [name.toLowerCase(), known.toLowerCase()];
  const letters = sorted(one) === sorted(other) ? Math.min(1, distance(one, other)) : distance(one, other);
  return letters <= mostLetters(name) ? letters : undefined;
};

const first = (
  known: readonly string[],
  apart: (one: string) => number | undefined,
  name: string,
): string | undefined =>
  known
    .flatMap((one) => {
      const found = apart(one);
      return found === undefined ? [] : [{ one, found, letters: distance(name, one) }];
    })
    .sort((a, b) => a.found - b.found || a.letters - b.letters)[0]?.one;

/**
 * The name that the user probably meant: the one with the fewest different letters, else one whose words include those
 * of the given name or are among them. Undefined where none is near.
 */
export const nearest = (name: string, known: readonly string[]): string | undefined => {
  const words = wordsOf(name);
  return (
    first(known, (one) => byLetters(name, one), name) ??
    (words.length === 0 ? undefined : first(known, (one) => wordsApart(words, wordsOf(one)), name))
  );
};
