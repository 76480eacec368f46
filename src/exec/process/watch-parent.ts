import { Socket } from 'node:net';
import { interrupt } from './interruptible';

/** The argument of a process that must end with its parent, which has a pipe to it beside the usual three. */
export const WATCHED = '--watched';

const PIPE = 3;

/**
 * Ends this process when its parent ends for any reason: the system then closes the parent's end of the pipe. A parent
 * that waits for a child synchronously, or that is killed, cannot pass a signal on.
 */
export const watchParent = (): void => {
  const parent = new Socket({ fd: PIPE, readable: true, writable: false });
  parent.on('error', () => undefined);
  parent.on('close', () => interrupt('SIGTERM'));
  parent.resume();
  // The watch alone must not keep this process alive.
  parent.unref();
};
