/**
 * The process of a batch: it loads one test file after the other, and runs the suites of each with uvu. For each file it
 * writes a line of JSON to file descriptor 3. Standard output is a file; the line says where the output of the file ends.
 */
import { fstatSync, readFileSync, writeSync } from 'node:fs';
import * as path from 'node:path';
import { shared as run } from '../support/remembered';
import type { FileReport } from './file-report';

const shared = globalThis as unknown as { UVU_DEFER: number; UVU_INDEX: number; UVU_QUEUE: unknown[][] };
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

const [root = '', runFolder = '', ...files] = process.argv.slice(2);
run.testRunFolder = runFolder;

let isWell = true;

const runFile = (file: string | undefined): void => {
  if (file === undefined) {
    process.exitCode = isWell ? 0 : 1;
    return;
  }
  const [started, before] = [performance.now(), processorTime()];
  shared.UVU_QUEUE.splice(0, shared.UVU_QUEUE.length, [file]);
  shared.UVU_INDEX = 0;
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  require(path.join(root, file));
  // Some tests look at the stack. `then` keeps this file out of it, where a call or an `await` would be a frame.
  void Promise.resolve()
    .then(exec)
    .then(() => {
      isWell &&= process.exitCode === 0;
      const seconds = (performance.now() - started) / 1000;
      const report: FileReport = {
        file,
        seconds,
        cpu: processorTime() - before,
        outputEnd: fstatSync(1).size,
      };
      writeSync(3, `${JSON.stringify(report)}\n`);
      runFile(files.shift());
    });
};

runFile(files.shift());
