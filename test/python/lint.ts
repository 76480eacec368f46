/** Lints and formats the Python of this repository as `ruff.toml` says; with `--write` it corrects what it can. */
import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { ruff } from '../support/python-tools';

const writes = process.argv.includes('--write');

for (const argv of [
  ['format', ...(writes ? [] : ['--diff'])],
  ['check', ...(writes ? ['--fix'] : [])],
]) {
  const { status } = spawnSync(ruff(), [...argv, '--quiet'], {
    cwd: path.resolve(__dirname, '../..'),
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
