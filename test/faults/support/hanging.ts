import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { environmentWith, uv } from '../../support/python-tools';
import { temporaryFolder } from '../../support/temporary';
import type { SceneOptions } from './scene';

/** Options by which a program of this name is a script, which finds the real one in `$REAL`. */
const withScript = (name: string, real: string, path_: string, script: string): SceneOptions => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return { environment: { REAL: real, PATH: `${folder}:${path_}` } };
};

const NOT_INSTALLING = 'case "$*" in *--target*) ;; *) exec "$REAL" "$@";; esac';

/** uv that begins to install, has started another program, and does not come to an end. */
export const hangingUv = (): SceneOptions =>
  withScript('uv', uv(), environmentWith({})['PATH'] ?? '', `${NOT_INSTALLING}\nsleep 60; true`);

/** An installer that kills itself some seconds after it has begun to install. */
export const mortal = (tool: 'uv' | 'pip', seconds: number): SceneOptions => {
  const search = environmentWith({ pip: tool === 'pip' })['PATH'] ?? '';
  const name = tool === 'uv' ? 'uv' : 'python3';
  const real = tool === 'uv' ? uv() : path.join(search.split(':').at(-1) ?? '', 'python3');
  return withScript(
    name,
    real,
    search,
    `${NOT_INSTALLING}\n(sleep ${seconds.toFixed(3)}; kill -KILL $$) >/dev/null 2>&1 &\nexec "$REAL" "$@"`,
  );
};
