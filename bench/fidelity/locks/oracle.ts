import * as path from 'node:path';
import { run } from '../../run';

/** A target of a lock, as `packaging` and our planner name it. */
export interface LockTarget {
  readonly python: string;
  readonly machine: 'x86_64' | 'aarch64';
}

export const LOCK_TARGETS: readonly LockTarget[] = [
  { python: '3.9', machine: 'x86_64' },
  { python: '3.11', machine: 'aarch64' },
  { python: '3.12', machine: 'x86_64' },
  { python: '3.14', machine: 'aarch64' },
];

/** An exported file, and what is asked of it. */
export interface Job extends LockTarget {
  readonly format: 'requirements.txt' | 'pylock.toml';
  readonly text: string;
  readonly extras: readonly string[];
  readonly groups: readonly string[];
  /** What a requirements.txt does not say of the lock that it was made from. */
  readonly requires_python: string;
  readonly environments: readonly string[];
}

/** Pins, such as `idna==3.10`, ordered; or why there are none. */
export type Pins = readonly string[] | { readonly refused: string };

/** An interpreter with pip 26 or newer, whose copy of `packaging` reads the files. */
export interface Oracle {
  readonly python: string;
  /** Where pip is, if not the interpreter's own. */
  readonly folder?: string;
}

export const evaluated = (jobs: readonly Job[], { python, folder }: Oracle): readonly Pins[] => {
  const script = path.join(__dirname, '..', '..', 'python', 'evaluate_exports.py');
  const { stdout } = run({
    argv: [python, '-I', script, ...(folder === undefined ? [] : [folder])],
    cwd: path.dirname(script),
    environment: process.env,
    input: JSON.stringify(jobs),
  });
  return JSON.parse(stdout) as readonly Pins[];
};
