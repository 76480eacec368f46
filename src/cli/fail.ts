import { printable } from '../exec/process/printable';
import { seenHere } from '../exec/files/relative-to-current-folder';

/** Ends a command with messages on standard error and a non-zero exit code; never with a stack trace. */
export const fail = (messages: readonly string[]): void => {
  for (const message of messages) process.stderr.write(`error: ${printable(seenHere(message))}\n`);
  process.exitCode = 1;
};
