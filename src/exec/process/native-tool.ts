import * as fs from 'node:fs';
import * as path from 'node:path';

/** How programs of Linux and macOS begin: ELF, Mach-O of one and of several architectures. */
const BEGINNINGS = ['7f454c46', 'cffaedfe', 'cafebabe', 'cafebabf'];

/**
 * Whether a file is the tool itself, and not a script or launcher that starts it. The launchers of mise and aqua are
 * links to a program of another name, those of pyenv and asdf are scripts, and those of proto lie in a folder `shims`.
 *
 * @param file absolute path of an executable file
 */
export const isNativeTool = (file: string, name: string): boolean => {
  try {
    if (path.basename(path.dirname(file)) === 'shims') return false;
    const real = fs.realpathSync(file);
    return path.basename(real) === name && BEGINNINGS.includes(beginningOf(real));
  } catch {
    return false;
  }
};

const beginningOf = (file: string): string => {
  const descriptor = fs.openSync(file, 'r');
  try {
    const start = Buffer.alloc(4);
    fs.readSync(descriptor, start);
    return start.toString('hex');
  } finally {
    fs.closeSync(descriptor);
  }
};
