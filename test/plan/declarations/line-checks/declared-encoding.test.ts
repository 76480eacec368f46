import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { otherEncoding } from '../../../../src/plan/declarations/line-checks/declared-encoding';

const test = suite('declared encoding');

/** What pip takes for the encoding of the lines, where it is another one than UTF-8. */
const CASES: readonly (readonly [lines: readonly string[], line?: number, encoding?: string])[] = [
  [['# -*- coding: utf-7 -*-', 'six'], 1, 'utf-7'],
  [['# vim: set fileencoding=latin-1 :', 'six'], 1, 'latin-1'],
  [['six', '# coding=UTF-16'], 2, 'UTF-16'],
  [['#coding:cp1252'], 1, 'cp1252'],
  [['# coding: utf-8', '# coding: utf-7'], 2, 'utf-7'],
  [['# -*- coding: utf-8 -*-']],
  [['# coding: UTF8', '# coding=ascii']],
  [[' # coding: utf-7', 'six # coding: utf-7']],
  [['six', 'idna', '# coding: utf-7']],
  [['# encoded by hand']],
];

for (const [lines, line, encoding] of CASES)
  test(JSON.stringify(lines), () => {
    assert.equal(otherEncoding(lines), line === undefined ? undefined : { line, encoding });
  });

test.run();
