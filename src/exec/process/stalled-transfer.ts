/** Bytes that work must move in each period; otherwise it has stalled. */
const LEAST = 16 * 1024;

/**
 * Gives up work that has stalled: a signal aborts it when fewer than {@link LEAST} bytes moved in a period. A server
 * may accept a connection and never answer, or answer without end.
 *
 * @param milliseconds length of a period
 * @param moved bytes so far
 */
export const withPatience = async <A>(
  milliseconds: number,
  moved: () => number,
  work: (signal: AbortSignal) => Promise<A>,
): Promise<A> => {
  const controller = new AbortController();
  const error = new Error(`nothing, or next to nothing, came in ${milliseconds / 1000} s`);
  let before = 0;
  let giveUp: (reason: Error) => void = () => undefined;
  const over = new Promise<never>((_, reject) => (giveUp = reject));
  const timer = setInterval(() => {
    const now = moved();
    if (now - before < LEAST) {
      giveUp(error);
      controller.abort();
    }
    before = now;
  }, milliseconds);
  const working = work(controller.signal);
  try {
    return await Promise.race([working, over]);
  } finally {
    clearInterval(timer);
    // Work that was given up may still fail, and nobody waits for it.
    working.catch(() => undefined);
  }
};
