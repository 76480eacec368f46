/** What the process of a batch says of a file that it ran. */
export interface FileReport {
  /** Relative to the folder of the tests. */
  readonly file: string;
  readonly total: number;
  readonly passed: number;
  readonly skipped: number;
  readonly seconds: number;
  /** Seconds of processor time, of the process and its children. */
  readonly cpu: number;
  /** How many bytes the batch had printed when the file ended. */
  readonly outputEnd: number;
}

/** How the run of a file ended. */
export interface FileResult extends Omit<FileReport, 'outputEnd'> {
  readonly output: string;
  /** Why it failed; undefined where it passed. */
  readonly failure?: string;
}

/** The result of a file whose tests ran to their end. */
export const resultOf = ({ outputEnd, ...report }: FileReport, output: string): FileResult => {
  const failure =
    report.passed < report.total
      ? `${report.total - report.passed} of ${report.total} tests failed`
      : report.total === 0 && !output.includes('SKIPPED')
        ? 'it ran no test'
        : undefined;
  return failure === undefined ? { ...report, output } : { ...report, output, failure };
};

/** The result of a file whose process ended before its tests did: it counts as one test that failed. */
export const brokenResult = (file: string, failure: string, seconds: number, output: string): FileResult => ({
  file,
  total: 1,
  passed: 0,
  skipped: 0,
  seconds,
  cpu: 0,
  output,
  failure,
});
