import * as fs from 'node:fs';

/** More bytes than the first two lines of a launcher. */
const MOST = 4096;

/** A path of a Python, quoted if it has spaces. A script with `env` stays, because `env` finds Python on Lambda too. */
const PYTHON =
  /^#!\s*(?!\S*\/env\s)["']?[^"'\n]*?(?<=[/\\!"' ])(?:python|pypy)[\d.]*w?(?:\.exe)?["']?(?:\s|$)/i;

/** The first lines that pip and uv write if the path is too long for the first line. */
const BY_SHELL = /^#!\s*\/bin\/sh\r?\n'''exec' /;

/**
 * Whether a file starts the Python that installed it. Such a launcher names a path of this machine, which Lambda does
 * not have. Any other script also runs on Lambda.
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
