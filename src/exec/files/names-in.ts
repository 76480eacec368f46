import * as fs from 'node:fs';

/** The names in a folder, in order; none where it cannot be listed. */
export const namesIn = (folder: string): readonly string[] => {
  try {
    return fs.readdirSync(folder).sort();
  } catch {
    return [];
  }
};
