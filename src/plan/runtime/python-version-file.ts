/**
 * The version that a `.python-version` file (pyenv, uv) asks for first: its first line that is not a comment.
 *
 * @returns undefined where it asks for none
 */
export const firstVersionLine = (text: string): string | undefined =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/#.*/, '').trim())
    .find((line) => line !== '');

/**
 * The minor version that a `.python-version` file asks for. `3.11`, `3.11.7`, `python-3.11`, `cpython@3.11` and
 * `cpython-3.11.7-linux-x86_64-gnu` all say `3.11`.
 *
 * @returns undefined where the first version is not CPython's or cannot be read
 */
export const readPythonVersionFile = (text: string): string | undefined =>
  /^(?:c?python[-@]?)?(\d+\.\d+)(?![0-9])/.exec(firstVersionLine(text) ?? '')?.[1];
