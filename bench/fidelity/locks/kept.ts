import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Comparison } from './compare';
import { projectFolder } from './compare';
import { lockName } from './lock-tools';
import type { LockTool } from './manifest';
import type { LockTarget, Pins } from './oracle';
import { oursOf } from './ours';
import type { Question } from './random-project';

/** A set that the tool of a lock exports for a target. */
interface KeptSet extends LockTarget, Question {
  readonly theirs: Pins;
}

/** A project with the lock and the exports of its tool, kept for the tests: they need neither the tool nor an index. */
export interface KeptProject {
  readonly tool: LockTool;
  /** Of the tool. */
  readonly version: string;
  readonly seed: number;
  readonly manifest: string;
  readonly lock: string;
  readonly sets: readonly KeptSet[];
}

/**
 * Writes the project of a seed that a tool has locked.
 *
 * @param base - The folder of the projects
 * @param target - The folder that it is written to
 */
export const keepProject = (
  { tool, version, seed }: Pick<KeptProject, 'tool' | 'version' | 'seed'>,
  comparisons: readonly Comparison[],
  base: string,
  target: string,
): void => {
  const folder = projectFolder(base, seed, tool);
  const kept: KeptProject = {
    ...{ tool, version, seed },
    manifest: readFileSync(path.join(folder, 'pyproject.toml'), 'utf8'),
    lock: readFileSync(path.join(folder, lockName(tool)), 'utf8'),
    sets: comparisons
      .filter(({ reader }) => reader === tool)
      .map(({ python, machine, groups, extras, theirs }) => ({ python, machine, groups, extras, theirs })),
  };
  mkdirSync(target, { recursive: true });
  writeFileSync(path.join(target, `${tool}-${seed}.json`), `${JSON.stringify(kept, null, 2)}\n`);
};

export const keptProjects = (folder: string): readonly KeptProject[] =>
  readdirSync(folder)
    .sort()
    .map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as KeptProject);

/** A kept set, and what this library takes from the lock for it. */
export const comparedAgain = ({ tool, manifest, lock, sets }: KeptProject) =>
  sets.map((set) => ({
    ...set,
    ours: oursOf(
      tool,
      { file: path.join('/project', lockName(tool)), text: lock },
      { file: '/project/pyproject.toml', text: manifest },
      set,
      set,
    ),
  }));
