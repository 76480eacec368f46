import type { FileResult } from './file-report';

/** Lines of uvu's that sum up one file. The run has one sum of its own. */
const SUM = /^ +(Total|Passed|Skipped|Duration): /;

const isSkip = (line: string): boolean => line.includes('SKIPPED');

const seconds = (value: number): string => `${value.toFixed(1)} s`;

/** A line for a file, what it says about tests it skipped, and all it printed where it failed. */
export const showResult = ({ file, total, passed, seconds: took, failure, output }: FileResult): string => {
  const lines = output.split('\n').filter((line) => !SUM.test(line));
  const line = `${failure === undefined ? 'ok  ' : 'FAIL'} ${seconds(took).padStart(8)}  ${file} (${passed} / ${total})`;
  if (failure !== undefined) return [`${line}: ${failure}`, ...lines, `end of ${file}`].join('\n');
  return [line, ...lines.filter(isSkip).map((skip) => `     ${skip.trim()}`)].join('\n');
};

const SLOWEST = 20;

/** The slowest files, the files that failed, and the sum as uvu writes it. */
export const showSum = (results: readonly FileResult[], took: number): string => {
  const sum = (of: (result: FileResult) => number): number =>
    results.reduce((total, result) => total + of(result), 0);
  const slowest = [...results].sort((a, b) => b.seconds - a.seconds).slice(0, SLOWEST);
  const failed = results.filter(({ failure }) => failure !== undefined);
  return [
    '',
    `The slowest of ${results.length} files, with their processor time:`,
    ...slowest.map(
      (result) =>
        `  ${seconds(result.seconds).padStart(8)} ${seconds(result.cpu).padStart(8)}  ${result.file}`,
    ),
    ...(failed.length === 0 ? [] : ['', 'Failed:']),
    ...failed.map(({ file, failure }) => `  ${file}: ${failure}`),
    '',
    `  Total:     ${sum(({ total }) => total)}`,
    `  Passed:    ${sum(({ passed }) => passed)}`,
    `  Skipped:   ${sum(({ skipped }) => skipped)}`,
    `  Duration:  ${seconds(took)}, ${seconds(sum(({ cpu }) => cpu))} of processor time`,
    '',
  ].join('\n');
};
