import { Socket } from 'node:net';
import { interrupt } from './interruptible';

/** What a process is told that shall end with its parent, which has a pipe to it beside the usual three. */
export const WATCHED = '--watched';

const PIPE = 3;

/**
 * Ends this process when its parent has ended, whatever ended that: a parent that waits for a child synchronously can pass no
 * signal on, and one that is killed cannot either. The system closes its end of the pipe.
 */
export const watchParent = (): void => {
  const parent = new Socket({ fd: PIPE, readable: true, writable: false });
  parent.on('error', () => undefined);
  parent.on('close', () => interrupt('SIGTERM'));
  parent.resume();
  // To watch is no reason to stay.
  parent.unref();
};
