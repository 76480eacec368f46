import * as fs from 'node:fs';

/** Writes all bytes at a position in a file: one `writeSync` call may write fewer bytes without an error. */
export const writeAll = (descriptor: number, content: Uint8Array, position: number): void => {
  let written = 0;
  while (written < content.length) {
    written += fs.writeSync(descriptor, content, written, content.length - written, position + written);
  }
};
