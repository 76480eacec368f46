import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import * as path from 'node:path';
import { cache } from '../../places';
import { say } from '../../say';
import { pipFolder, poetryProgram, pdmProgram, versionOf } from '../tools';
import { uvFolder } from '../../tools';
import type { Comparison, Uncompared } from './compare';
import { compareSeed, isSame } from './compare';
import { keepProject } from './kept';
import type { Programs } from './lock-tools';
import type { LockTool } from './manifest';

/** What came of the projects of one tool. */
export interface ToolSummary {
  readonly version: string;
  /** Seeds whose project the tool could lock. */
  readonly projects: readonly number[];
  /** Seeds that it could not: their requirements exclude each other for it. */
  readonly unsolved: readonly number[];
  /** Sets that were compared, by the kind of lock that was read. */
  readonly compared: Readonly<Record<string, number>>;
  readonly different: readonly Comparison[];
  /** Exports that the tool refused, by their last line. */
  readonly refusedExports: readonly string[];
}

export interface LocksResults {
  readonly date: string;
  readonly tools: Readonly<Partial<Record<LockTool, ToolSummary>>>;
}

const FILE = path.join(cache, 'fidelity', 'locks.json');

const EMPTY = { projects: [], unsolved: [], compared: {}, different: [], refusedExports: [] };

export const readLocks = (): LocksResults | undefined =>
  existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as LocksResults) : undefined;

const writeLocks = (results: LocksResults): void => {
  mkdirSync(path.dirname(FILE), { recursive: true });
  writeFileSync(FILE, JSON.stringify(results, null, 1));
};

const programOf = (tool: LockTool): string => {
  switch (tool) {
    case 'uv':
      return path.join(uvFolder(), 'uv');
    case 'poetry':
      return poetryProgram();
    case 'pdm':
      return pdmProgram();
  }
};

const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.trim() ?? '';

const withSeed = (
  before: ToolSummary,
  seed: number,
  comparisons: readonly Comparison[],
  uncompared: readonly Uncompared[],
): ToolSummary => {
  if (comparisons.length === 0)
    return uncompared.length === 0 ? before : { ...before, unsolved: [...before.unsolved, seed] };
  const compared: Record<string, number> = { ...before.compared };
  for (const { reader } of comparisons) compared[reader] = (compared[reader] ?? 0) + 1;
  return {
    ...before,
    compared,
    projects: [...before.projects, seed],
    different: [...before.different, ...comparisons.filter((each) => !isSame(each))],
    refusedExports: [...before.refusedExports, ...uncompared.map(({ reason }) => lastLine(reason))],
  };
};

/** Projects that are kept for the tests. */
export interface Keeping {
  /** The folder that they are written to. */
  readonly folder: string;
  readonly seeds: readonly number[];
}

/** Compares projects until each tool has locked so many. */
export const runLocks = async (
  tools: readonly LockTool[],
  projects: number,
  today: string,
  keeping?: Keeping,
): Promise<void> => {
  mkdirSync(path.join(cache, 'fidelity'), { recursive: true });
  const oracle = { python: path.join(pipFolder(), 'python') };
  for (const tool of tools) {
    const program = programOf(tool);
    let summary: ToolSummary = { version: versionOf([program, '--version']) ?? 'unknown', ...EMPTY };
    for (let seed = 1; summary.projects.length < projects && seed <= projects * 6; seed += 1) {
      const folder = mkdtempSync(path.join(cache, 'fidelity', 'locks-'));
      try {
        const programs: Programs = { [tool]: program };
        const { comparisons, uncompared } = await compareSeed(seed, programs, oracle, folder);
        summary = withSeed(summary, seed, comparisons, uncompared);
        // A run that is stopped keeps what it found. Another run may have written the summary of another tool meanwhile.
        writeLocks({ date: today, tools: { ...readLocks()?.tools, [tool]: summary } });
        if (keeping?.seeds.includes(seed) === true && comparisons.length > 0)
          keepProject({ tool, version: summary.version, seed }, comparisons, folder, keeping.folder);
        for (const each of comparisons.filter((one) => !isSame(one))) say(JSON.stringify(each));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
    say(
      `${tool} ${summary.version}: ${summary.projects.length} projects, ${JSON.stringify(summary.compared)} sets, ${summary.different.length} differ`,
    );
    if (summary.different.length > 0) process.exitCode = 1;
  }
};
