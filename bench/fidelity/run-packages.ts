import { mkdirSync } from 'node:fs';
import * as path from 'node:path';
import { environment } from '../environment';
import { cache, packageCaches } from '../places';
import { say } from '../say';
import { uvFolder } from '../tools';
import { bundlePackage } from './bundle-package';
import type { Subject } from './packages';
import { SUBJECTS } from './packages';
import type { Outcome } from './results';
import { keepOutcome, keyOf, readOutcomes } from './results';
import { pipSays } from './oracle';
import type { Target } from './targets';
import { TARGETS, nameOf } from './targets';
import { pipFolder } from './tools';

export interface PackagesOptions {
  readonly command: string;
  readonly before: string;
  /** Which of so many parts of the packages is run, such as [1, 2]: two processes take turns. */
  readonly part: readonly [number, number];
  /** @default all */
  readonly only?: readonly string[];
  /** For which Pythons, such as `3.13`. */
  readonly pythons: readonly string[];
}

/** Every tenth package is bundled by pip as well. */
const byPip = (index: number): boolean => index % 10 === 9;

const folder = path.join(cache, 'fidelity');

/** The environment of a run: the machine's own settings of indexes stay, uv is there or not. */
const environmentFor = (installer: Outcome['installer']): NodeJS.ProcessEnv => {
  const rest = Object.entries(environment()).filter(([name]) => name !== 'PIP_FIND_LINKS');
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const withoutUv = folders.filter((one) => !/node_modules|uvenv|\.local\/bin|\.cargo/.test(one));
  return {
    ...Object.fromEntries(rest),
    PATH: [pipFolder(), ...(installer === 'uv' ? [uvFolder()] : []), ...withoutUv].join(path.delimiter),
    CDK_LAMBDA_PYTHON_CACHE: path.join(folder, 'store'),
    CDK_LAMBDA_PYTHON_CACHE_SIZE: '2GB',
    UV_CACHE_DIR: path.join(packageCaches, 'uv'),
  };
};

const runSubject = (subject: Subject, index: number, options: PackagesOptions): void => {
  const installers = byPip(index) ? (['uv', 'pip'] as const) : (['uv'] as const);
  const known = readOutcomes();
  const open = TARGETS.filter(({ python }) => options.pythons.includes(python))
    .flatMap((target) =>
      installers.map((installer) => ({
        target,
        installer,
        key: keyOf({ name: subject.name, ...target, installer }),
      })),
    )
    .filter(({ key }) => !known.has(key));
  const targets = TARGETS.filter((target) => open.some((one) => one.target === target));
  if (targets.length === 0) return;
  const answers = pipSays(subject.name, targets, options.before, environmentFor('pip'));
  const possible = new Map<Target, Outcome['possible']>(
    targets.map((target, at) => [target, answers[at] ?? { refused: 'no answer' }]),
  );
  for (const { target, installer } of open) {
    const made = bundlePackage(subject, target, {
      ...options,
      environment: environmentFor(installer),
      folder,
    });
    const { python, machine } = target;
    const said = possible.get(target) ?? { refused: 'no answer' };
    keepOutcome({ name: subject.name, python, machine, installer, possible: said, ...made });
    say(
      `${subject.name} ${nameOf(target)} ${installer}: ${'refused' in made.made ? made.made.refused.slice(0, 100) : made.imported} ${made.problems.length} problems`,
    );
  }
};

/** Bundles each package for each target, and keeps what came of it. */
export const runPackages = (options: PackagesOptions): void => {
  mkdirSync(folder, { recursive: true });
  const [part, parts] = options.part;
  SUBJECTS.forEach((subject, index) => {
    if (index % parts !== part - 1) return;
    if (options.only !== undefined && !options.only.includes(subject.name)) return;
    runSubject(subject, index, options);
  });
};
