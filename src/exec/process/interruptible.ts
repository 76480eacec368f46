/** Signals by which a terminal, one that is closed, or a CI service ends a run. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How long to wait before a run that has not ended is stopped again, in milliseconds. */
export const AGAIN = 300;

/** How long this process waits for its end at most, in milliseconds: what does not end by then is left to the next run. */
const PATIENCE = 10_000;

/**
 * What comes within that time, in milliseconds, is the same request: a terminal tells every process of a group, and a process
 * that has started others passes on to them what they were told already.
 */
const ONE_REQUEST = 1000;

interface UnderWay {
  isStopped: boolean;
  readonly stop: () => Promise<unknown>;
  readonly settled: Promise<unknown>;
}

const underWay = new Set<UnderWay>();
let endingSince: number | undefined;
let isListening = false;

/** Stops a run until it is over: it may be between two steps, with nothing to stop, when it is first told to. */
const stop = async (run: UnderWay): Promise<void> => {
  run.isStopped = true;
  let isOver = false;
  const over = run.settled.then(() => (isOver = true));
  while (!isOver) {
    await run.stop().catch(() => undefined);
    await Promise.race([over, new Promise((resolve) => setTimeout(resolve, AGAIN))]);
  }
};

/** Whether this process is coming to its end; then nothing new is begun. */
export const isInterrupted = (): boolean => endingSince !== undefined;

/**
 * Stops all that is under way, lets it come to its end, and then ends this process by the signal: what has started it sees
 * that, and a shell makes 130 or 143 of it.
 */
export const interrupt = (signal: NodeJS.Signals): void => {
  const now = performance.now();
  if (endingSince !== undefined) {
    // Whoever asks a second time will not wait: an engine may not answer.
    if (now - endingSince >= ONE_REQUEST) end(signal);
    return;
  }
  endingSince = now;
  const endOnce = (): void => {
    if (endingSince === now) end(signal);
  };
  setTimeout(endOnce, PATIENCE).unref();
  void Promise.all([...underWay].map(stop)).then(endOnce);
};

const end = (signal: NodeJS.Signals): void => {
  endingSince = undefined;
  listen(false);
  process.kill(process.pid, signal);
};

/** A process that listens does not end by itself, so it only does while there is something to remove. */
const listen = (wanted: boolean): void => {
  if (wanted === isListening) return;
  isListening = wanted;
  for (const signal of SIGNALS) {
    if (wanted) process.on(signal, interrupt);
    else process.off(signal, interrupt);
  }
};

/**
 * Work that leaves something outside of this process while it is under way, and removes it when it ends. Where the process is
 * told to end, the work is stopped, and comes to its end, before the process does.
 *
 * @param work asks before each step whether it was stopped; it must settle soon after
 * @param stop ends the step that is under way
 */
export const interruptible = async <A>(
  work: (isStopped: () => boolean) => Promise<A>,
  stop: () => Promise<unknown>,
): Promise<A> => {
  let finish: () => void = () => undefined;
  const settled = new Promise<void>((resolve) => (finish = resolve));
  const run: UnderWay = { isStopped: isInterrupted(), stop, settled };
  underWay.add(run);
  listen(true);
  try {
    return await work(() => run.isStopped);
  } finally {
    underWay.delete(run);
    finish();
    if (underWay.size === 0 && !isInterrupted()) listen(false);
  }
};
