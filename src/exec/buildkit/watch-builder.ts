/** How long a build goes on before its builder is looked at, and again, in milliseconds: most builds are shorter. */
const PERIOD = 20_000;

/** How often in a row a builder must not answer, each time for as long as buildx waits (20 s). */
const LOOKS = 2;

/** Whether a builder answers; undefined where nothing tells. The signal says that nobody waits for the answer any more. */
export type Look = (signal: AbortSignal) => Promise<boolean | undefined>;

/**
 * Runs a build, and looks every now and then whether its builder is still there: buildx waits for ever for one whose host was
 * frozen or cut off, because no connection is closed then.
 *
 * @param build is ended by the signal where the builder was not there
 * @returns undefined where that happened
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
