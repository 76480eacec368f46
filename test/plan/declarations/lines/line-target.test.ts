import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PointingLine } from '../../../../src/plan/declarations/lines/line-target';
import { lineTarget } from '../../../../src/plan/declarations/lines/line-target';
import { readRequirements } from '../../../../src/plan/declarations/lines/requirements-file';

const test = suite('line target');

const targetOf = (text: string): string => {
  const [line] = readRequirements(text);
  return lineTarget(line as PointingLine, '/app/shared/base.txt', '/app/fn');
};

test('-r, -c and -f are relative to their file, packages to the folder that the installer runs in', () => {
  assert.equal(
    ['-r more.txt', '-c ../c.txt', '-f ./wheels', './x', '-e ../y', 'x @ file:../z', '.'].map(targetOf),
    ['/app/shared/more.txt', '/app/c.txt', '/app/shared/wheels', '/app/fn/x', '/app/y', '/app/z', '/app/fn'],
  );
});

test('absolute ones are where they are', () => {
  assert.equal(['-r /srv/a.txt', '-f file:///srv/w', '/srv/x/', '-e file:///srv/./y'].map(targetOf), [
    '/srv/a.txt',
    '/srv/w',
    '/srv/x',
    '/srv/y',
  ]);
});

test.run();
