/** The middle value; of an even number of values, the mean of the two in the middle. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper;
};

/** Differences of the values of the same round: a machine that gets slower slows both. */
export const differences = (values: readonly number[], others: readonly number[]): readonly number[] =>
  values.map((value, index) => value - (others[index] ?? Number.NaN));
