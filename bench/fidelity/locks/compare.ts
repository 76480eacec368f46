import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Programs } from './lock-tools';
import { exported, lock, lockName } from './lock-tools';
import type { LockTool } from './manifest';
import { canLock, manifestOf } from './manifest';
import type { Job, LockTarget, Oracle, Pins } from './oracle';
import { evaluated, LOCK_TARGETS } from './oracle';
import type { Reader } from './ours';
import { oursOf } from './ours';
import { numbersOf, randomFrom } from './random';
import type { Generated, Project, Question } from './random-project';
import { generate, questionsOf } from './random-project';
import { serveUniverse } from './universe-index';

/** One set that was compared. */
export interface Comparison extends LockTarget, Question {
  readonly seed: number;
  /** The tool that locked and exported. */
  readonly tool: LockTool;
  /** The kind of lock that this library read. */
  readonly reader: Reader;
  readonly theirs: Pins;
  readonly ours: Pins;
}

/** What could not be compared, and why. */
export interface Uncompared {
  readonly seed: number;
  readonly tool: LockTool;
  readonly reason: string;
}

export interface Compared {
  readonly comparisons: readonly Comparison[];
  readonly uncompared: readonly Uncompared[];
}

const read = (file: string) => ({ file, text: readFileSync(file, 'utf8') });

type Ours = Omit<Comparison, 'theirs'> & { readonly job: Job };

/** A project that a tool has locked. */
interface Locked {
  readonly seed: number;
  readonly tool: LockTool;
  readonly program: string;
  readonly folder: string;
  readonly project: Project;
}

/** The exports of a question: each is read by the oracle, and the one that is itself a lock by this library as well. */
const questionOf = async (
  { seed, tool, program, folder, project }: Locked,
  question: Question,
  at: number,
): Promise<readonly (Ours | Uncompared)[]> => {
  const manifest = path.join(folder, 'pyproject.toml');
  const texts = await exported(tool, program, question, 'requirements.txt', folder);
  const pylock = await exported(tool, program, question, 'pylock.toml', folder);
  const asOf = (
    reader: Reader,
    file: string,
    format: Job['format'],
    text: string,
    asked: Question,
  ): readonly Ours[] =>
    LOCK_TARGETS.map((target) => ({
      ...{ seed, tool, reader, ...target, ...question },
      ours: oursOf(reader, read(file), read(manifest), asked, target),
      job: {
        ...{ format, text, ...target, ...asked },
        requires_python: project.requiresPython,
        environments: tool === 'uv' ? project.environments : [],
      },
    }));
  const own =
    'failed' in texts
      ? [{ seed, tool, reason: `export failed: ${texts.failed}` }]
      : asOf(tool, path.join(folder, lockName(tool)), 'requirements.txt', texts.stdout, question);
  if ('failed' in pylock)
    return [...own, { seed, tool, reason: `export of pylock.toml failed: ${pylock.failed}` }];
  const file = path.join(folder, `pylock.q${at}.toml`);
  writeFileSync(file, pylock.stdout);
  // An export has what was asked for, and names nothing any more.
  return [...own, ...asOf('pylock', file, 'pylock.toml', pylock.stdout, { groups: [], extras: [] })];
};

/** Where the project of a seed lies once a tool has locked it. */
export const projectFolder = (base: string, seed: number, tool: LockTool): string =>
  path.join(base, `${seed}-${tool}`);

const withTool = async (
  seed: number,
  { project }: Generated,
  index: string,
  tool: LockTool,
  program: string,
  base: string,
): Promise<readonly (Ours | Uncompared)[]> => {
  const folder = projectFolder(base, seed, tool);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'pyproject.toml'), manifestOf(tool, project, index));
  const locked = await lock(tool, program, project, folder);
  if ('failed' in locked) return [{ seed, tool, reason: `lock failed: ${locked.failed}` }];
  const found: (Ours | Uncompared)[] = [];
  for (const [at, question] of questionsOf(project).entries())
    found.push(...(await questionOf({ seed, tool, program, folder, project }, question, at)));
  return found;
};

/**
 * Locks the project of a seed with each tool, and compares what this library takes from the locks with what the tools do.
 *
 * @param base - An existing folder, for the projects
 */
export const compareSeed = async (
  seed: number,
  programs: Programs,
  oracle: Oracle,
  base: string,
): Promise<Compared> => {
  const generated = generate(randomFrom(numbersOf(seed)));
  const index = await serveUniverse(generated.universe);
  try {
    const found: (Ours | Uncompared)[] = [];
    for (const [tool, program] of Object.entries(programs) as [LockTool, string][])
      if (canLock(tool, generated.project))
        found.push(...(await withTool(seed, generated, index.url, tool, program, base)));
    const jobs = found.filter((each): each is Ours => 'job' in each);
    const theirs = evaluated(
      jobs.map(({ job }) => job),
      oracle,
    );
    return {
      comparisons: jobs.map(({ job: _, ...rest }, at) => ({
        ...rest,
        theirs: theirs[at] ?? { refused: 'no answer' },
      })),
      uncompared: found.filter((each): each is Uncompared => 'reason' in each),
    };
  } finally {
    index.close();
  }
};

/** The same pins, or a refusal by both. */
export const isSame = ({ ours, theirs }: Pick<Comparison, 'ours' | 'theirs'>): boolean =>
  'refused' in ours || 'refused' in theirs
    ? 'refused' in ours && 'refused' in theirs
    : JSON.stringify(ours) === JSON.stringify(theirs);
