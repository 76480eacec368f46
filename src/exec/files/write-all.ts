import * as fs from 'node:fs';

/** Writes all of some bytes to a place in a file: one call may write less than it was given, and says nothing of it. */
export const writeAll = (descriptor: number, content: Uint8Array, position: number): void => {
  let written = 0;
  while (written < content.length) {
    written += fs.writeSync(descriptor, content, written, content.length - written, position + written);
  }
};
