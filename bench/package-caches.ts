import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import * as path from 'node:path';
import { environment } from './environment';
import { cache, packageCaches } from './places';
import { run } from './run';
import { say } from './say';
import { findPython, uvFolder } from './tools';
import type { Workload } from './workloads';

/** Installs each set of a workload once with uv and once with pip, so that in `cold` nothing is left to download. */
export const warmPackageCaches = ({ name, functions }: Workload): void => {
  const sets = new Set(functions.map(({ set }) => set.lines.join('\n')).filter((lines) => lines !== ''));
  const notes = path.join(packageCaches, 'warm');
  mkdirSync(notes, { recursive: true });
  for (const lines of sets) {
    const note = path.join(notes, createHash('sha256').update(lines).digest('hex'));
    if (existsSync(note)) continue;
    say(`${name}: downloading a set (not timed)`);
    const folder = mkdtempSync(path.join(cache, 'download-'));
    const file = path.join(folder, 'requirements.txt');
    writeFileSync(file, `${lines}\n`);
    for (const installer of [[path.join(uvFolder(), 'uv')], [findPython(), '-m']]) {
      const target = ['--target', path.join(folder, String(installer.length))];
      const argv = [
        ...installer,
        'pip',
        'install',
        '--quiet',
        '--only-binary',
        ':all:',
        ...target,
        '-r',
        file,
      ];
      const python = installer.length === 1 ? ['--python', findPython()] : [];
      run({ argv: [...argv, ...python], cwd: folder, environment: environment() });
    }
    rmSync(folder, { recursive: true, force: true });
    writeFileSync(note, lines);
  }
};
