/** Bytes that must have moved in each stretch of time, for work to count as going on. */
const LEAST = 16 * 1024;

/**
 * Gives work a signal that aborts it where it does not go on: where fewer bytes than a trickle moved in so many milliseconds. A server
 * may accept, and never answer; or answer without end.
 *
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
    // What was given up comes to its own end, which nobody waits for.
    working.catch(() => undefined);
  }
};
