import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';

/** A test file. */
export interface TestFile {
  /** Relative to the folder of the tests, with `/`. */
  readonly name: string;
  /** Why no other file may run beside it; undefined where others may. */
  readonly alone?: string;
}

/** A line of a test file that keeps all other files away while it runs. */
const ALONE = /^\/\/ Runs alone: (.+)$/m;

const IGNORED = new Set(['fixtures', 'node_modules', 'cdk.out']);

/** All test files below a folder, in the order of their names. */
export const findFiles = (root: string): readonly TestFile[] => {
  const namesIn = (folder: string): readonly string[] =>
    readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const name = path.posix.join(folder, entry.name);
      if (entry.isDirectory()) return IGNORED.has(entry.name) ? [] : namesIn(name);
      return entry.name.endsWith('.test.ts') ? name : [];
    });
  return [...namesIn('')].sort().map((name) => {
    const alone = ALONE.exec(readFileSync(path.join(root, name), 'utf8'))?.[1];
    return alone === undefined ? { name } : { name, alone };
  });
};
