/** Copies the Python programs of `src` into `lib`, where their readers look for them: TypeScript copies only its own files. */
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import * as path from 'node:path';

/** @param source absolute path, as `target` */
export const copyPythonFiles = (source: string, target: string): void => {
  const names = readdirSync(source, { recursive: true, encoding: 'utf8' });
  for (const name of names.filter((each) => each.endsWith('.py'))) {
    mkdirSync(path.dirname(path.join(target, name)), { recursive: true });
    copyFileSync(path.join(source, name), path.join(target, name));
  }
};

if (require.main === module)
  copyPythonFiles(path.resolve(__dirname, '../src'), path.resolve(__dirname, '../lib'));
