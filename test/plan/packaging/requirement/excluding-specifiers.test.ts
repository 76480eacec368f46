import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { excludeEachOther } from '../../../../src/plan/packaging/requirement/excluding-specifiers';

const test = suite('specifiers that exclude each other');

for (const [specifiers, expected] of [
  [['==1', '<1'], true],
  [['>=1', '<1'], true],
  [['>=1', '<=1'], false],
  [['>1', '<=1'], true],
  [['>1', '<1.1'], false],
  [['>1', '<1.1', '!=1.0.1'], false],
  [['<1', '<0.5'], false],
  [['~=1.2', '>=2'], true],
  [['~=1.2', '>1.9'], false],
  [['==1.*', '>=1.5'], false],
  [['==1.*', '>=2'], true],
  [['>=1!1', '<5'], true],
  [['>=2.0b1', '<2'], true],
  [['>=2.0b1', '<=2'], false],
  [['', '==1'], false],
  [['<2', '>1', '>=3'], true],
] as const)
  test(`${specifiers.map((each) => JSON.stringify(each)).join(' and ')}: ${expected ? 'yes' : 'no'}`, () => {
    assert.is(excludeEachOther(specifiers), expected);
  });

test.run();
