import * as fs from 'node:fs';
import * as path from 'node:path';
import { temporaryFolder } from './temporary';

/** An engine's client that notes each of its starts, and what was noted. */
export interface NotedDocker {
  /** A PATH on which it comes first. */
  readonly searchPath: string;
  /** The arguments of each start since the last time this was asked, up to their first line break. */
  readonly starts: () => readonly string[];
}

/**
 * Puts a client in front of the `docker` of a PATH, which it hands its arguments on to.
 *
 * @param before what a shell does with the arguments first
 */
export const notedDocker = (searchPath = '', before = ''): NotedDocker => {
  const [folder, calls] = [temporaryFolder(), path.join(temporaryFolder(), 'calls')];
  const client = searchPath
    .split(':')
    .map((name) => path.join(name, 'docker'))
    .find((file) => fs.existsSync(file));
  fs.writeFileSync(calls, '');
  fs.writeFileSync(
    path.join(folder, 'docker'),
    `#!/bin/sh\necho "$*" | head -n 1 >> '${calls}'\n${before}\nexec '${client ?? ''}' "$@"\n`,
    { mode: 0o755 },
  );
  return {
    searchPath: `${folder}:${searchPath}`,
    starts: () => {
      const lines = fs.readFileSync(calls, 'utf8').split('\n');
      fs.writeFileSync(calls, '');
      return lines.filter((line) => line !== '');
    },
  };
};
