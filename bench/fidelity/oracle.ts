import * as path from 'node:path';
import { run } from '../run';
import type { Outcome } from './results';
import type { Target } from './targets';
import { pipFolder } from './tools';

/** What pip says is possible for a package, for each target. */
export const pipSays = (
  name: string,
  targets: readonly Target[],
  before: string,
  environment: NodeJS.ProcessEnv,
): readonly Outcome['possible'][] => {
  const argv = [path.join(pipFolder(), 'python'), '-I', path.join(__dirname, '..', 'python', 'pip_says.py')];
  const input = JSON.stringify({ before, jobs: targets.map((target) => ({ requirement: name, ...target })) });
  return run({ argv, cwd: path.dirname(pipFolder()), environment, input })
    .stdout.trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Outcome['possible']);
};
