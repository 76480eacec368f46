/**
 * The first version in a `.python-version` file (pyenv, uv): its first line that is not a comment.
 *
 * @returns undefined for a file without a version
 */
export const firstVersionLine = (text: string): string | undefined =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/#.*/, '').trim())
    .find((line) => line !== '');

/**
 * The minor version in a `.python-version` file. `3.11`, `3.11.7`, `python-3.11`, `cpython@3.11` and
 * `cpython-3.11.7-linux-x86_64-gnu` all mean `3.11`.
 *
 * @returns undefined if the first version is not CPython's or cannot be read
 */
export const readPythonVersionFile = (text: string): string | undefined =>
  /^(?:c?python[-@]?)?(\d+\.\d+)(?![0-9])/.exec(firstVersionLine(text) ?? '')?.[1];
