/**
 * The process of a batch: it loads one test file after the other, and runs the suites of each with uvu. For each file it
 * writes a line of JSON to file descriptor 3. Standard output is a file; the line says where the output of the file ends.
 */
import { fstatSync, readFileSync, writeSync } from 'node:fs';
import * as path from 'node:path';
import type { FileReport } from './file-report';

/** What uvu's runner of a suite returns: errors, how many passed, how many were left out, and how many there were. */
type RunSuite = () => Promise<readonly [unknown, number, number, number]>;

const shared = globalThis as unknown as {
  UVU_DEFER: number;
  UVU_INDEX: number;
  UVU_QUEUE: [string, ...RunSuite[]][];
};
// uvu looks at this when it is loaded: suites are only collected, and run when `exec` is called.
shared.UVU_DEFER = 1;
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { exec } = require('uvu') as { readonly exec: () => Promise<void> };

/** Seconds of processor time that this process and the children it has waited for took. Children show on Linux alone. */
const processorTime = (): number => {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100;
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  }
};

const runFile = async (root: string, file: string): Promise<FileReport> => {
  const [started, before] = [performance.now(), processorTime()];
  const counts = { total: 0, passed: 0, skipped: 0 };
  shared.UVU_QUEUE.length = 0;
  shared.UVU_QUEUE.push([file]);
  shared.UVU_INDEX = 0;
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  require(path.join(root, file));
  const [[name, ...suites] = [file]] = shared.UVU_QUEUE;
  const counted = suites.map((run): RunSuite => async () => {
    const result = await run();
    const [, passed, skipped, total] = result;
    counts.total += total;
    counts.passed += passed;
    counts.skipped += skipped;
    return result;
  });
  shared.UVU_QUEUE[0] = [name, ...counted];
  await exec();
  const seconds = (performance.now() - started) / 1000;
  return { file, ...counts, seconds, cpu: processorTime() - before, outputEnd: fstatSync(1).size };
};

const main = async ([root = '', ...files]: readonly string[]): Promise<void> => {
  let isWell = true;
  for (const file of files) {
    const report = await runFile(root, file);
    isWell &&= report.passed === report.total;
    writeSync(3, `${JSON.stringify(report)}\n`);
  }
  process.exitCode = isWell ? 0 : 1;
};

void main(process.argv.slice(2));
