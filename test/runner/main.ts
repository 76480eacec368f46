/**
 * Runs the test files of a suite in parallel processes: `main.ts SUITE [PATTERN...]`. A pattern is a regular expression on
 * the path of a file below `test`; without one, all files of the suite run.
 */
import { availableParallelism } from 'node:os';
import * as path from 'node:path';
import { temporaryFolder } from '../support/temporary';
import { batchesOf } from './batches';
import { readCosts, writeCosts } from './costs';
import type { FileResult } from './file-report';
import { findFiles } from './find-files';
import { killBatches, runBatch } from './run-batch';
import { runBatches } from './run-batches';
import { showResult, showSum } from './show';
import type { Suite } from './suites';
import { SUITES } from './suites';

const ROOT = path.resolve(__dirname, '..');
const COSTS = path.resolve(ROOT, '../.cache/test-costs.json');

/**
 * How many processes run at a time: one more than there are cores, because many tests wait for a package index. A run that
 * writes tables into documents has one, so that no two files write the same document at once.
 */
const jobsOf = ({ parallel }: Suite, { TEST_JOBS, UPDATE_DOCS }: NodeJS.ProcessEnv): number =>
  !parallel || UPDATE_DOCS !== undefined ? 1 : Number(TEST_JOBS ?? availableParallelism() + 1);

const fail = (message: string): void => {
  console.error(message);
  process.exitCode = 1;
};

const main = async ([name = '', ...patterns]: readonly string[]): Promise<void> => {
  const suite = SUITES[name];
  if (suite === undefined) {
    fail(`There is no suite "${name}". There are: ${Object.keys(SUITES).join(', ')}.`);
    return;
  }
  const wanted = patterns.map((pattern) => new RegExp(pattern));
  const files = findFiles(ROOT).filter(
    (file) =>
      suite.has(file.name) && (wanted.length === 0 || wanted.some((pattern) => pattern.test(file.name))),
  );
  if (files.length === 0) {
    fail(`No test file of the suite "${name}" matches ${patterns.join(' or ')}.`);
    return;
  }
  const jobs = jobsOf(suite, process.env);
  if (!Number.isInteger(jobs) || jobs < 1) {
    fail(`TEST_JOBS is "${process.env['TEST_JOBS']}". Set it to a number of processes, such as 2.`);
    return;
  }
  const started = performance.now();
  const results: FileResult[] = [];
  const options = { root: ROOT, runFolder: temporaryFolder('test-run-'), limit: suite.minutes * 60_000 };
  await runBatches(batchesOf(files, readCosts(COSTS)), jobs, (batch) =>
    runBatch(batch.files, options, (result) => {
      results.push(result);
      console.log(showResult(result));
    }),
  );
  writeCosts(COSTS, results);
  console.log(showSum(results, (performance.now() - started) / 1000));
  if (results.some(({ failure }) => failure !== undefined)) process.exitCode = 1;
};

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.once(signal, () => {
    killBatches();
    process.exit(code);
  });
}

void main(process.argv.slice(2));
