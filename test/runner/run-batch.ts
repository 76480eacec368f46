import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { FileReport, FileResult } from './file-report';
import { brokenResult, resultOf } from './file-report';

/** Where and how long files run. */
export interface RunOptions {
  /** The folder of the tests. */
  readonly root: string;
  /** A folder that all processes of the run share. */
  readonly runFolder: string;
  /** Milliseconds that a file may take. */
  readonly limit: number;
}

const LOADER = require.resolve('./loader.cjs');
const PROCESS = require.resolve('./batch-process');

const running = new Set<ChildProcess>();

/** Ends a process with all it has started in its group. */
const killGroup = ({ pid }: ChildProcess): void => {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
};

/** Ends all batches that run. */
export const killBatches = (): void => {
  running.forEach(killGroup);
};

/** Runs files in one process. A file that ends the process fails, and the files after it run in a new one. */
export const runBatch = async (
  files: readonly string[],
  options: RunOptions,
  tell: (result: FileResult) => void,
): Promise<void> => {
  let rest = files;
  while (rest.length > 0) rest = rest.slice(await runProcess(rest, options, tell));
};

/** Runs files up to the end of one process; returns how many have a result. */
const runProcess = async (
  files: readonly string[],
  { root, runFolder, limit }: RunOptions,
  tell: (result: FileResult) => void,
): Promise<number> => {
  const folder = mkdtempSync(path.join(runFolder, 'batch-'));
  const log = path.join(folder, 'log');
  const output = openSync(log, 'a');
  let done = 0;
  let outputStart = 0;
  let started = performance.now();
  let hung = false;
  const printed = (end?: number): string => readFileSync(log).subarray(outputStart, end).toString();

  const child = spawn(process.execPath, ['--require', LOADER, PROCESS, root, runFolder, ...files], {
    env: { CDK_VALIDATION: 'false', ...process.env, FORCE_COLOR: '0' },
    stdio: ['ignore', output, output, 'pipe'],
    // A group of its own, so that a hung file can be ended with everything it has started.
    detached: true,
  });
  running.add(child);
  closeSync(output);
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const kill = (): void => {
    hung = true;
    killGroup(child);
  };
  let timer = setTimeout(kill, limit);
  const reports = createInterface(child.stdio[3] as Readable);
  const allRead = once(reports, 'close');
  reports.on('line', (line) => {
    clearTimeout(timer);
    const report = JSON.parse(line) as FileReport;
    tell(resultOf(report, printed(report.outputEnd)));
    done += 1;
    outputStart = report.outputEnd;
    started = performance.now();
    timer = setTimeout(kill, limit);
  });
  const [code, signal] = await exited;
  await allRead;
  clearTimeout(timer);
  running.delete(child);

  const end = signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`;
  const why = hung ? `it did not end within ${limit / 1000} s` : `its process ended with ${end}`;
  const seconds = (performance.now() - started) / 1000;
  const [current] = files.slice(done);
  if (current !== undefined) tell(brokenResult(current, why, seconds, printed()));
  // All tests ran, and then something kept the process from its end.
  else if (hung) tell(brokenResult(files.at(-1) ?? '', `${why} after its tests`, seconds, printed()));
  rmSync(folder, { recursive: true, force: true });
  return done + 1;
};
