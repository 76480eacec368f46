/** What the process of a batch says of a file that it ran. */
export interface FileReport {
  /** Relative to the folder of the tests. */
  readonly file: string;
  readonly seconds: number;
  /** Seconds of processor time, of the process and the children that it has waited for. */
  readonly cpu: number;
  /** How many bytes the batch had printed when the file ended. */
  readonly outputEnd: number;
}

/** How the run of a file ended. */
export interface FileResult extends Omit<FileReport, 'outputEnd'> {
  readonly total: number;
  readonly passed: number;
  readonly skipped: number;
  readonly output: string;
  /** Why it failed; undefined where it passed. */
  readonly failure?: string;
}

/** A number of the sum that uvu prints when a file ends. */
const counted = (output: string, name: string): number =>
  Number([...output.matchAll(new RegExp(`^  ${name}: +(\\d+)$`, 'gm'))].at(-1)?.[1] ?? 0);

/** The result of a file whose tests ran to their end. */
export const resultOf = ({ outputEnd: _, ...report }: FileReport, output: string): FileResult => {
  const [total = 0, passed = 0, skipped = 0] = ['Total', 'Passed', 'Skipped'].map((name) =>
    counted(output, name),
  );
  const failure =
    passed < total
      ? `${total - passed} of ${total} tests failed`
      : total === 0 && !output.includes('SKIPPED')
        ? 'it ran no test'
        : undefined;
  const result = { ...report, total, passed, skipped, output };
  return failure === undefined ? result : { ...result, failure };
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
