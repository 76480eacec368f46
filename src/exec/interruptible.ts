/** Signals by which a terminal or a CI service ends a run. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** How long to wait before a run that has not ended is stopped again, in milliseconds. */
const AGAIN = 300;

interface UnderWay {
  isStopped: boolean;
  readonly stop: () => Promise<unknown>;
  readonly settled: Promise<unknown>;
}

const underWay = new Set<UnderWay>();
let isEnding = false;
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

const onSignal = (signal: NodeJS.Signals): void => {
  // Whoever asks a second time will not wait: an engine may be pulling an image, which cannot be stopped.
  if (isEnding) {
    end(signal);
    return;
  }
  isEnding = true;
  void Promise.all([...underWay].map(stop)).then(() => {
    if (isEnding) end(signal);
  });
};

const end = (signal: NodeJS.Signals): void => {
  isEnding = false;
  listen(false);
  process.kill(process.pid, signal);
};

/** A process that listens does not end by itself, so it only does while there is something to remove. */
const listen = (wanted: boolean): void => {
  if (wanted === isListening) return;
  isListening = wanted;
  for (const signal of SIGNALS) {
    if (wanted) process.on(signal, onSignal);
    else process.off(signal, onSignal);
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
  const run: UnderWay = { isStopped: isEnding, stop, settled };
  underWay.add(run);
  listen(true);
  try {
    return await work(() => run.isStopped);
  } finally {
    underWay.delete(run);
    finish();
    if (underWay.size === 0 && !isEnding) listen(false);
  }
};
