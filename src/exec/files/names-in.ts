import * as fs from 'node:fs';

/** The sorted names in a folder; empty if it cannot be listed. */
export const namesIn = (folder: string): readonly string[] => {
  try {
    return fs.readdirSync(folder).sort();
  } catch {
    return [];
  }
};
