import * as fs from 'node:fs';
import * as path from 'node:path';
import { isUntouched, look } from './stamp';
import type { Checked } from './verify-part';

/** Looks at the files of a folder, of which nothing but their time is known. */
export const checkStamps = (folder: string): Checked => {
  if (look(folder)?.isDirectory() !== true) return { faults: ['is not a folder'], files: 0, bytes: 0 };
  const names = fs.readdirSync(folder).sort();
  const stats = names.map((name) => look(path.join(folder, name)));
  return {
    faults: names.filter((_, index) => !isUntouched(stats[index])).map((name) => `${name} was written to`),
    files: names.length,
    bytes: stats.reduce((sum, one) => sum + (one?.size ?? 0), 0),
  };
};
