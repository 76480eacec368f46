import * as fs from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import * as path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isMissing } from '../files/file-kind';
import { openFile } from '../files/open-file';
import type { RemoteStore } from './object-store';

/** A shared store in a folder, such as one of a network file system or of a CI system's cache. */
export const remoteFolder = (folder: string): RemoteStore => ({
  name: folder,
  get: async (key, file) => {
    try {
      const source = await openFile(path.join(folder, key));
      try {
        await pipeline(source.createReadStream({ autoClose: false }), createWriteStream(file));
      } finally {
        await source.close();
      }
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  },
  put: async (key, file) => {
    const place = path.join(folder, key);
    const partial = `${place}.${process.pid}.partial`;
    await fs.mkdir(path.dirname(place), { recursive: true });
    try {
      await fs.copyFile(file, partial);
      await fs.rename(partial, place);
    } finally {
      await fs.rm(partial, { force: true });
    }
  },
});
