/** Signals by which a terminal, a closed terminal, or a CI service ends a run. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Milliseconds after which a run that has not ended is stopped again. */
export const AGAIN = 300;

/** Milliseconds that this process waits at most for its work to stop. The next run removes what is left. */
const PATIENCE = 10_000;

/**
 * Signals within this time, in milliseconds, are one request: a terminal signals every process of a group, and a parent
 * process passes the same signal on to its children.
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

/** Stops a run repeatedly until it is over: at first it may be between two steps, with nothing to stop. */
const stop = async (run: UnderWay): Promise<void> => {
  run.isStopped = true;
  let isOver = false;
  const over = run.settled.then(() => (isOver = true));
  while (!isOver) {
    await run.stop().catch(() => undefined);
    await Promise.race([over, new Promise((resolve) => setTimeout(resolve, AGAIN))]);
  }
};

/** Whether a signal is ending this process; then nothing new is begun. */
export const isInterrupted = (): boolean => endingSince !== undefined;

/**
 * Stops all work, waits until it has ended, and then ends this process by the signal. The parent process sees that
 * signal, and a shell turns it into exit code 130 or 143.
 */
export const interrupt = (signal: NodeJS.Signals): void => {
  const now = performance.now();
  if (endingSince !== undefined) {
    // A second request ends the process at once: an engine may not answer.
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

/** A signal does not end a process that listens for it, so it listens only while there is something to remove. */
const listen = (wanted: boolean): void => {
  if (wanted === isListening) return;
  isListening = wanted;
  for (const signal of SIGNALS) {
    if (wanted) process.on(signal, interrupt);
    else process.off(signal, interrupt);
  }
};

/**
 * Runs work that leaves something outside of this process and removes it at its end. A signal to this process stops the
 * work first, and the process ends once the work has.
 *
 * @param work asks before each step whether it was stopped; it must settle soon after
 * @param stop ends the current step
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
