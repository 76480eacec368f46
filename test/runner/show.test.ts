import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { FileResult } from './file-report';
import { brokenResult, resultOf } from './file-report';
import { showResult, showSum } from './show';

const test = suite('what a run prints');

const outputOf = (total: number, passed: number, text = ''): string =>
  `a.test.ts\n${text} suite  • (${passed} / ${total})\n\n  Total:     ${total}\n  Passed:    ${passed}\n  Skipped:   1\n  Duration:  5ms\n\n`;

const resultWith = (file: string, seconds: number, output: string): FileResult =>
  resultOf({ file, seconds, cpu: 2, outputEnd: 0 }, output);

test('a file that passed is a line, and what it skipped', () => {
  const output = outputOf(3, 3, 'SKIPPED: no gcc\n');
  assert.is(
    showResult(resultWith('exec/a.test.ts', 12.34, output)),
    'ok     12.3 s  exec/a.test.ts (3 / 3)\n     SKIPPED: no gcc',
  );
});

test('a file that failed is shown whole, without a sum that would be counted twice', () => {
  assert.is(
    showResult(resultWith('exec/a.test.ts', 1, outputOf(3, 2, 'why\n'))),
    'FAIL    1.0 s  exec/a.test.ts (2 / 3): 1 of 3 tests failed\na.test.ts\nwhy\n suite  • (2 / 3)\n\n\n\nend of exec/a.test.ts',
  );
});

test('the sum has the slowest files, the failed ones, and the lines that .ci/run adds up', () => {
  const results = [
    resultWith('a.test.ts', 1, outputOf(3, 2)),
    resultWith('b.test.ts', 30, outputOf(4, 4)),
    brokenResult('c.test.ts', 'its process ended with signal SIGSEGV', 2, ''),
  ];
  assert.is(
    showSum(results, 33),
    [
      '',
      'The slowest of 3 files, with their processor time:',
      '    30.0 s    2.0 s  b.test.ts',
      '     2.0 s    0.0 s  c.test.ts',
      '     1.0 s    2.0 s  a.test.ts',
      '',
      'Failed:',
      '  a.test.ts: 1 of 3 tests failed',
      '  c.test.ts: its process ended with signal SIGSEGV',
      '',
      '  Total:     8',
      '  Passed:    6',
      '  Skipped:   2',
      '  Duration:  33.0 s, 4.0 s of processor time',
      '',
    ].join('\n'),
  );
});

test.run();
