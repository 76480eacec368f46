import { printable } from './printable';

/**
 * Shows a person which work takes long. An id names a piece of work from its start to its end.
 *
 * @since 0.1.0
 */
export interface Progress {
  readonly start: (id: string, title: string) => void;
  /** Prints the note; without a note, nothing. */
  readonly end: (id: string, note?: string) => void;
  /** Ends the display: no more work follows. */
  readonly close: () => void;
}

export const silent: Progress = { start: () => undefined, end: () => undefined, close: () => undefined };

/** Milliseconds that work may take before it is announced. */
export const PATIENCE = 2000;

const PREFIX = 'cdk-lambda-python: ';

/** Prints a line on standard error, for callers that have no {@link Progress}. */
export const sayLine = (text: string): void => {
  process.stderr.write(`${PREFIX}${printable(text)}\n`);
};

/** Seconds with one decimal. */
export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

/** Plain lines, for logs: one when work takes longer than {@link PATIENCE}, one when it is done. */
export const plainProgress = (write: (line: string) => void): Progress => {
  const waiting = new Map<string, NodeJS.Timeout>();
  return {
    start: (id, title) => {
      waiting.set(
        id,
        setTimeout(() => write(`${PREFIX}${printable(title)} …\n`), PATIENCE),
      );
    },
    end: (id, note) => {
      clearTimeout(waiting.get(id));
      waiting.delete(id);
      if (note !== undefined) write(`${PREFIX}${printable(note)}\n`);
    },
    close: () => {
      waiting.forEach((timer) => clearTimeout(timer));
    },
  };
};

/** A list that is redrawn on a terminal: the running work and its seconds, with the notes of finished work above it. */
export const liveProgress = (
  draw: { (text: string): void; readonly clear: () => void },
  write: (line: string) => void,
  now: () => number,
): Progress => {
  const running = new Map<string, { readonly title: string; readonly since: number }>();
  const render = (): void => {
    const lines = [...running.values()].map(
      ({ title, since }) => `${PREFIX}${printable(title)} … ${seconds(now() - since)}`,
    );
    if (lines.length > 0) draw(lines.join('\n'));
    else draw.clear();
  };
  const timer = setInterval(render, 200);
  timer.unref();
  return {
    start: (id, title) => {
      running.set(id, { title, since: now() });
      render();
    },
    end: (id, note) => {
      running.delete(id);
      draw.clear();
      if (note !== undefined) write(`${PREFIX}${printable(note)}\n`);
      render();
    },
    close: () => {
      clearInterval(timer);
      draw.clear();
    },
  };
};
