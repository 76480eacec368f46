/** Files that are copied and checked at the same time. */
export const FILES_AT_A_TIME = 16;

/**
 * Waits for all work, and only then fails with the first failure: running work would go on writing into a folder that
 * the caller removes.
 */
const allOf = async (work: readonly Promise<void>[]): Promise<void> => {
  const failed = (await Promise.allSettled(work)).find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
};

/** Marks work that is awaited later: Node.js ends the process if work fails before anything awaits it. */
export const handledLater = <A>(work: Promise<A>): Promise<A> => {
  work.catch(() => undefined);
  return work;
};

/** Limits how much work runs at a time; the rest waits, first come, first served. */
export const limiter = (most: number): (<A>(work: () => Promise<A>) => Promise<A>) => {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
};

/** Runs work on every item, at most `most` at a time; returns the results in the order of the items. */
export const inParallel = async <A, B>(
  most: number,
  items: readonly A[],
  work: (item: A) => Promise<B>,
): Promise<readonly B[]> => {
  const results: B[] = [];
  const entries = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of entries) results[index] = await work(item);
  };
  await allOf(Array.from({ length: Math.min(most, items.length) }, worker));
  return results;
};
