import * as fs from 'node:fs';
import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { lockFault, unmetTargets } from '../exec/lock/check-lock';
import { lockSource } from '../exec/lock/lock-source';
import type { LockSource } from '../exec/lock/lock-source';
import type { LockTargets } from '../exec/lock/lock-targets';
import { lockTargets, oldestPython } from '../exec/lock/lock-targets';
import { machineFiles } from '../exec/machine/machine-files';
import { namedFromHere } from '../exec/variables/absolute-variable-paths';
import { makeLock } from '../exec/lock/make-lock';
import { workFolderIn } from '../exec/bundle/put-in-place';
import { liveSandbox } from '../exec/host/sandbox';
import { liveShell } from '../exec/process/shell';
import { surveyMemory } from '../exec/survey/survey-memory';
import { isThere } from '../exec/files/file-kind';
import { removeAbandoned, withTemporarySync } from '../exec/files/temporary';
import type { ArchitectureName } from '../plan/target/architecture';
import type { DependencyRequest } from '../plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../plan/request/bundle-request';
import { dependencyOptionErrors, futureErrors } from '../plan/options/dependency-option-errors';
import { momentOf } from '../plan/values/moment';
import { showPlanError } from '../plan/errors/plan-error';
import { fail } from './fail';
import { swallowedFile, unknownUpgrade } from './upgrade-error';

/** How a declaration is locked. */
export interface LockCommandOptions {
  readonly runtime: readonly string[];
  readonly arch: readonly ArchitectureName[];
  readonly app: string;
  readonly group: readonly string[];
  readonly extra: readonly string[];
  readonly index?: string;
  readonly extraIndex: readonly string[];
  readonly resolvedAsOf?: string;
  readonly upgrade?: true | readonly string[];
  readonly allowBuilds?: true;
  readonly check?: true;
}

/** The files that are looked for in a named folder, in order of preference. */
const LOOKED_FOR = [
  'requirements.txt',
  'uv.lock',
  'poetry.lock',
  'Pipfile.lock',
  'pdm.lock',
  'pyproject.toml',
  'Pipfile',
];

const note = (line: string): void => void process.stderr.write(`note: ${line}\n`);

/** Writes the lock of a declaration, or checks whether the existing one is up to date. */
export const lockCommand = async (given: string, options: LockCommandOptions): Promise<void> => {
  const swallowed = swallowedFile(options.upgrade);
  if (swallowed !== undefined) {
    fail([swallowed]);
    return;
  }
  if (!isThere(path.resolve(given))) {
    fail([`${path.resolve(given)} does not exist.`]);
    return;
  }
  const file = declarationIn(path.resolve(given));
  if (file === undefined) {
    fail([`${path.resolve(given)} has nothing to lock. Looked for: ${LOOKED_FOR.join(', ')}.`]);
    return;
  }
  const dependencies = dependenciesOf(options);
  const wrong = [...dependencyOptionErrors({ dependencies }), ...futureErrors({ dependencies }, Date.now())];
  if (wrong.length > 0) {
    fail(wrong.map(showPlanError));
    return;
  }
  const source = lockSource(file, dependencies, surveyMemory());
  if (isLeft(source)) {
    fail(source.left);
    return;
  }
  if (source.right.isFixed) {
    note(`${file} has a hash on every line, which already fixes every version: it needs no lock.`);
    return;
  }
  const unknown = unknownUpgrade(options.upgrade, source.right.lock);
  if (unknown !== undefined) {
    fail([unknown]);
    return;
  }
  const targets = lockTargets(source.right, {
    runtimes: options.runtime,
    architectures: options.arch,
    assembly: path.resolve(options.app),
  });
  if (isLeft(targets)) {
    fail([targets.left]);
    return;
  }
  await (options.check ? check : write)(source.right, dependencies, targets.right, options);
};

const declarationIn = (place: string): string | undefined => {
  if (!fs.existsSync(place) || !fs.statSync(place).isDirectory()) return place;
  const name = LOOKED_FOR.find((candidate) => isThere(path.join(place, candidate)));
  return name === undefined ? undefined : path.join(place, name);
};

const dependenciesOf = ({
  group,
  extra,
  index,
  extraIndex,
  resolvedAsOf,
}: LockCommandOptions): DependencyRequest => ({
  ...DEFAULT_DEPENDENCIES,
  groups: group,
  extras: extra,
  ...(index === undefined ? {} : { index }),
  extraIndexes: extraIndex,
  ...(resolvedAsOf === undefined ? {} : { resolvedAsOf }),
});

const textOf = (file: string): string | undefined =>
  fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;

const check = (
  source: LockSource,
  dependencies: DependencyRequest,
  targets: LockTargets,
  { runtime, arch }: LockCommandOptions,
): void => {
  const asked = { ...dependencies, runtimes: runtime, architectures: arch };
  const fault = lockFault(source, textOf(source.lock), asked, targets);
  if (fault !== undefined) fail([fault]);
};

const write = async (
  source: LockSource,
  dependencies: DependencyRequest,
  targets: LockTargets,
  { runtime, upgrade, allowBuilds }: LockCommandOptions,
): Promise<void> => {
  const { resolvedAsOf } = dependencies;
  const shell = liveShell(process.env);
  const made = await makeLock(
    shell,
    namedFromHere(process.env),
    machineFiles({ environment: process.env, platform: process.platform }),
    liveSandbox(shell, process.env, process.platform, note),
  )(source, {
    ...dependencies,
    resolvedAsOf: resolvedAsOf === undefined ? null : momentOf(resolvedAsOf),
    runtimes: runtime,
    python: oldestPython(targets.targets),
    architectures: targets.architectures,
    upgrade: upgrade ?? false,
    mayBuild: allowBuilds === true,
  });
  if (isLeft(made)) {
    fail(made.left);
    return;
  }
  const { text } = made.right;
  const { errors, notes } = unmetTargets(source, text, dependencies, targets);
  if (errors.length > 0) {
    fail(errors.map((message) => `The lock was not written. ${message}`));
    return;
  }
  [...made.right.notes, ...notes].forEach(note);
  put(source.lock, text);
  process.stdout.write(`${source.lock}\n`);
};

/** Renames the finished file, so that nobody reads half of it. Removes files of a killed run first. */
const put = (lock: string, text: string): void => {
  const work = workFolderIn(path.dirname(lock));
  removeAbandoned(work);
  try {
    if (textOf(lock) === text) return;
    withTemporarySync(work, (temporary) => {
      const partial = path.join(temporary, path.basename(lock));
      fs.writeFileSync(partial, text);
      fs.renameSync(partial, lock);
    });
  } finally {
    removeIfEmpty(work);
  }
};

/** Another run may be working in it. */
const removeIfEmpty = (folder: string): void => {
  try {
    fs.rmdirSync(folder);
  } catch {
    // It is missing or not empty.
  }
};
