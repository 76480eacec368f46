import type { Batch } from './batches';

/** Runs batches, as many at a time as there are jobs; those that run alone come last, one after the other. */
export const runBatches = async (
  batches: readonly Batch[],
  jobs: number,
  run: (batch: Batch) => Promise<void>,
): Promise<void> => {
  const waiting = batches.filter(({ alone }) => !alone);
  const work = async (): Promise<void> => {
    for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) await run(batch);
  };
  await Promise.all(Array.from({ length: jobs }, work));
  for (const batch of batches.filter(({ alone }) => alone)) await run(batch);
};
