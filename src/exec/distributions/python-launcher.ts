import * as fs from 'node:fs';

/** More than the first two lines of a launcher. */
const MOST = 4096;

/** A Python by its path, in quotes where there are spaces in it. Under `env` it is found on Lambda as well, and that script stays. */
const PYTHON =
  /^#!\s*(?!\S*\/env\s)["']?[^"'\n]*?(?<=[/\\!"' ])(?:python|pypy)[\d.]*w?(?:\.exe)?["']?(?:\s|$)/i;

/** What pip and uv write where the path is too long for a first line. */
const BY_SHELL = /^#!\s*\/bin\/sh\r?\n'''exec' /;

/**
 * Whether a file starts the Python that installed it: such a launcher names a path of this machine, which Lambda does not have.
 * Any other script runs there as it is.
 */
export const isPythonLauncher = (file: string): boolean => {
  const start = Buffer.alloc(MOST);
  const descriptor = fs.openSync(file, 'r');
  try {
    const text = start.toString('latin1', 0, fs.readSync(descriptor, start, 0, MOST, 0));
    return PYTHON.test(text.split('\n', 1)[0] ?? '') || BY_SHELL.test(text);
  } finally {
    fs.closeSync(descriptor);
  }
};
