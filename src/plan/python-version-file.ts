/**
 * The minor version in the text of a `.python-version` file (pyenv, uv): the first line that is not a comment.
 * `3.11`, `3.11.7`, `python-3.11` and `cpython-3.11.7-linux-x86_64-gnu` all say `3.11`.
 *
 * @returns undefined where the first version is not CPython's or cannot be read
 */
export const readPythonVersionFile = (text: string): string | undefined => {
  const line = text
    .split(/\r\n|\r|\n/)
    .map((candidate) => candidate.replace(/#.*$/, '').trim())
    .find((candidate) => candidate !== '');
  return /^(?:c?python-?)?(\d+\.\d+)(?![0-9])/.exec(line ?? '')?.[1];
};
