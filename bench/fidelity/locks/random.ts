/** Choices that are the same for the same seed. */
export interface Random {
  /** A whole number from 0, below the bound. */
  readonly below: (bound: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly oneOf: <A>(items: readonly A[]) => A;
  /** So many of them, in a random order. */
  readonly some: <A>(items: readonly A[], count: number) => readonly A[];
}

/** @param next - Numbers from 0 up to 1 */
export const randomFrom = (next: () => number): Random => {
  const below = (bound: number): number => Math.floor(next() * bound);
  return {
    below,
    chance: (probability) => next() < probability,
    oneOf: (items) => items[below(items.length)] as (typeof items)[number],
    some: (items, count) => {
      const left = [...items];
      return Array.from({ length: Math.min(count, items.length) }, () =>
        left.splice(below(left.length), 1),
      ).flat();
    },
  };
};

/** mulberry32: small, and the same on every machine. */
export const numbersOf = (seed: number): (() => number) => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
};
