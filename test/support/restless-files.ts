/**
 * A process of its own that changes files of a folder without a pause, until it is killed: written anew, emptied, grown,
 * removed, replaced by a folder, a link or a named pipe, and put back. `node restless-files.js FOLDER FILE…`
 */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

const [folder = '.', ...names] = process.argv.slice(2);
const files = names.map((name) => path.join(folder, name));
const before = new Map(files.map((file) => [file, fs.readFileSync(file)]));

const away = (file: string): void => fs.rmSync(file, { recursive: true, force: true });

const CHANGES: readonly ((file: string) => void)[] = [
  (file) => fs.appendFileSync(file, '# more\n'),
  (file) => fs.truncateSync(file),
  (file) => away(file),
  (file) => {
    away(file);
    fs.mkdirSync(file);
  },
  (file) => {
    away(file);
    fs.symlinkSync('/etc/hostname', file);
  },
  (file) => {
    away(file);
    execFileSync('mkfifo', [file]);
  },
];

const restore = (file: string): void => {
  const next = `${file}.next`;
  away(file);
  fs.writeFileSync(next, before.get(file) ?? '');
  fs.renameSync(next, file);
};

const pick = <A>(all: readonly A[]): A => all[Math.floor(Math.random() * all.length)] as A;

for (;;) {
  const file = pick(files);
  pick(CHANGES)(file);
  // Also a pause: else there is never a moment in which all is as it was.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.random() * 3);
  restore(file);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.random() * 6);
}
