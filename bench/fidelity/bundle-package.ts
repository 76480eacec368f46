import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { run } from '../run';
import type { Subject } from './packages';
import { moduleOf } from './packages';
import type { Outcome } from './results';
import type { Target } from './targets';
import { architectureOf } from './targets';
import { interpreterOf, pipFolder } from './tools';

/** How a package is bundled. */
export interface Run {
  /** The file of the library's command. */
  readonly command: string;
  /** Nothing that was uploaded later is taken. */
  readonly before: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Where the function is written. */
  readonly folder: string;
}

type Made = Omit<Outcome, 'name' | 'python' | 'machine' | 'installer' | 'possible'>;

const NOTHING = { native: 0, size: 0, problems: [], imported: 'no bundle' };

const errorOf = (said: string): string =>
  said
    .split('\n')
    .filter((line) => /^(error|hint|\s)/.test(line))
    .join(' ')
    .replace(/\s+/g, ' ')
    .slice(0, 600);

const imported = (out: string, subject: Subject, target: Target): string => {
  const python = target.machine === 'x86_64' ? interpreterOf(target.python) : undefined;
  if (python === undefined) return 'no interpreter';
  const code = `import sys; sys.path.insert(0, sys.argv[1]); import ${moduleOf(subject)}`;
  const { status, stderr } = spawnSync(python, ['-I', '-S', '-B', '-c', code, out], { encoding: 'utf8' });
  return status === 0 ? 'ok' : (stderr.trim().split('\n').at(-1) ?? `exit code ${status}`);
};

/** Bundles a function that imports the package, as a user would, and looks at what came out. */
export const bundlePackage = (
  subject: Subject,
  target: Target,
  { command, before, environment, folder }: Run,
): Made => {
  const own = mkdtempSync(path.join(folder, 'function-'));
  const out = path.join(own, 'out');
  try {
    writeFileSync(path.join(own, 'index.py'), 'def lambda_handler(event, context):\n    return "ok"\n');
    writeFileSync(path.join(own, 'requirements.txt'), `${subject.name}\n`);
    const options = ['--runtime', target.python, '--arch', architectureOf(target), '--executor', 'host'];
    const argv = [
      'bundle',
      'index.py',
      ...options,
      '--sdist',
      'forbid',
      '--bytecode',
      'off',
      '--resolved-as-of',
      before,
      '--out',
      out,
    ];
    const { status, stderr } = spawnSync(process.execPath, [command, ...argv], {
      cwd: own,
      env: environment,
      encoding: 'utf8',
    });
    if (status !== 0) return { made: { refused: errorOf(stderr) }, ...NOTHING };
    const script = path.join(__dirname, '..', 'python', 'inspect_bundle.py');
    const { python, machine, glibc, glibcxx } = target;
    const seen = JSON.parse(
      run({
        argv: [
          path.join(pipFolder(), 'python'),
          '-I',
          script,
          out,
          python,
          machine,
          String(glibc),
          String(glibcxx),
        ],
        cwd: own,
        environment,
      }).stdout,
    ) as { installed: Record<string, string>; native: number; size: number; problems: string[] };
    const { installed, ...rest } = seen;
    return { made: { installed }, ...rest, imported: imported(out, subject, target) };
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
};
