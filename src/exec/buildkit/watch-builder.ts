/** The time between two checks of a build's builder, in milliseconds: most builds are shorter. */
const PERIOD = 20_000;

/** The number of checks in a row that a builder must fail, each after buildx's timeout (20 s). */
const LOOKS = 2;

/**
 * Checks whether a builder answers; undefined if nothing tells. The signal says that the answer is no longer needed.
 */
export type Look = (signal: AbortSignal) => Promise<boolean | undefined>;

/**
 * Runs a build, and checks from time to time whether its builder still answers. buildx waits forever for a builder
 * whose host was frozen or cut off, because no connection is closed then.
 *
 * @param build gets a signal that ends it when the builder does not answer
 * @returns undefined if the builder did not answer
 */
export const watchingBuilder = async <A>(
  look: Look,
  build: (signal: AbortSignal) => Promise<A>,
  period = PERIOD,
): Promise<A | undefined> => {
  const [ended, lost] = [new AbortController(), new AbortController()];
  let timer: NodeJS.Timeout | undefined;
  const looked = async (inVain: number): Promise<void> => {
    const isThere = await look(ended.signal).catch(() => undefined);
    if (ended.signal.aborted) return;
    if (isThere !== false) wait();
    else if (inVain + 1 < LOOKS) await looked(inVain + 1);
    else lost.abort();
  };
  const wait = (): void => {
    timer = setTimeout(() => void looked(0), period);
  };
  wait();
  try {
    const result = await build(lost.signal);
    return lost.signal.aborted ? undefined : result;
  } finally {
    clearTimeout(timer);
    ended.abort();
  }
};
