import { numbersFrom } from '../../test/support/random-numbers';
import type { Job } from './schedule';

/** How long one set takes a builder: the first bundle, with the install, and each further one of the same set. */
export interface SetTimes {
  readonly name: string;
  readonly first: number;
  readonly next: number;
}

/**
 * As many sets as asked for, each like one of those that were measured, all of these equally likely; and functions over
 * them: each set has one, and each of the others goes to a set drawn in the same way.
 */
export const drawJobs = (
  measured: readonly SetTimes[],
  sets: number,
  functions: number,
  seed: number,
): readonly Job[] => {
  const next = numbersFrom(seed);
  const below = (count: number): number => Math.floor(next() * count);
  const kinds = Array.from({ length: sets }, () => measured[below(measured.length)]);
  const users = kinds.map(() => 1);
  for (let left = functions - sets; left > 0; left -= 1) {
    const set = below(sets);
    users[set] = (users[set] ?? 0) + 1;
  }
  return kinds.flatMap((kind, at) => {
    const count = users[at] ?? 1;
    return kind === undefined
      ? []
      : [{ name: kind.name, functions: count, seconds: kind.first + (count - 1) * kind.next }];
  });
};
