import * as fs from 'node:fs';
import * as path from 'node:path';

/** Moves all files of a folder into another one, which may have the same folders; a file that is there is replaced. */
export const mergeTrees = (from: string, into: string): void => {
  fs.mkdirSync(into, { recursive: true });
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(into, entry.name)];
    if (entry.isDirectory() && fs.existsSync(target)) mergeTrees(source, target);
    else fs.renameSync(source, target);
  }
  fs.rmSync(from, { recursive: true, force: true });
};
