import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { portions, nearLimit, tooLarge } from '../../../src/exec/distributions/too-large';
import { limited, machine } from '../support/layer-plans';
import { planWith } from '../support/plans';
import type { Portion } from '../../../src/exec/errors/ways-to-fit';

const test = suite('what is too large');

const MB = 1024 * 1024;

const distribution = (name: string, ...files: readonly string[]) => ({
  folder: `${name}-1.dist-info`,
  name,
  needs: [],
  mayNeed: [],
  files,
});

test('files count for the distribution that lists them, byte code for that of its source', () => {
  const files = ['a.py', '__pycache__/a.cpython-311.pyc', 'a.libs/z.so', 'b/x.py', 'own/x.py', 'c.py'];
  const listed = [distribution('a', 'a.py', 'a.libs/z.so'), distribution('b', 'b/x.py')];
  assert.equal(
    portions(
      files.map((path) => ({ path, size: 1 })),
      listed,
      'module',
    ).map(({ of }) => of),
    ['a-1', 'a-1', 'a-1', 'b-1', 'own', 'c.py'],
  );
});

const portion = (of: string, size: number): Portion => ({ of, path: of, size, kind: 'module' });

test('the ten that have most, with their sums', () => {
  const files = Array.from({ length: 12 }, (_, index) => portion(`d${index}`, (index + 1) * MB));
  const error = tooLarge(limited(planWith(''), 1), [...files, portion('d0', 20 * MB)]);
  assert.equal(error._tag === 'TooLarge' ? error.largest : [], [
    ...['d0 21.0 MB', 'd11 12.0 MB', 'd10 11.0 MB', 'd9 10.0 MB', 'd8 9.0 MB'],
    ...['d7 8.0 MB', 'd6 7.0 MB', 'd5 6.0 MB', 'd4 5.0 MB', 'd3 4.0 MB'],
  ]);
});

test('a line from 80 % of the limit on', () => {
  assert.is(nearLimit('Stack/Function', 199 * MB, 250 * MB), undefined);
  assert.is(
    nearLimit('Stack/Function', 200 * MB, 250 * MB),
    'the bundle of Stack/Function has 200.0 MB of the 250.0 MB that Lambda takes unzipped, layers included',
  );
});

const INSTALLED = {
  'big/x.bin': 'x'.repeat(MB),
  'big-1.dist-info/RECORD': 'big/x.bin,,\nbig-1.dist-info/RECORD,,\n',
};

const near = (told: readonly string[]): readonly string[] =>
  told.filter((one) => one.includes('that Lambda takes'));

test('packages are told of an install and of a bundle, and the line is told of a bundle that is made', async () => {
  const plan = planWith('big\n', {}, { 'own.txt': 'x'.repeat(MB) });
  const { run, settle, told } = machine(INSTALLED);
  const [alone = ''] = await run(limited(planWith('big\n'), MB - 1));
  assert.match(
    alone,
    /The largest: big-1 1\.0 MB\. To make it smaller: leave files of distributions out with `dependencies\.exclude`; require less; or deploy a container image \(10 GB\)\.$/,
  );
  const [both = ''] = await run(limited(plan, 1.5 * MB));
  assert.match(
    both,
    /^The bundle has 2\.0 MB; .* The largest: big-1 1\.0 MB, own\.txt 1\.0 MB, index\.py 0\.0 MB\./,
  );
  assert.equal(near(told), []);
  const line =
    'the bundle of Stack/Function has 2.0 MB of the 2.2 MB that Lambda takes unzipped, layers included';
  assert.equal(settle(limited(plan, 2.2 * MB)), ['store']);
  assert.equal(near(told), [line]);
  // One that is there is not told of at every synthesis.
  assert.equal(settle(limited(plan, 2.2 * MB)), ['Present']);
  assert.equal(near(told), [line]);
  const other = machine(INSTALLED);
  const again = planWith('big\n', {}, { 'own.txt': 'x'.repeat(MB) });
  assert.equal(await other.run(limited(again, 2.2 * MB)), ['host']);
  assert.equal(near(other.told), [line]);
});

test('what an install has that is worth a line is told of it', async () => {
  const files = { 'a.pth': 'import a', 'a-1.dist-info/RECORD': 'a.pth,,\n', 'setup-nspkg.pth': '' };
  const { run, told } = machine({ ...files, 'distutils-precedence.pth': '', 'sitecustomize.py': '' });
  assert.equal(await run(planWith('a\n')), ['host']);
  assert.equal(
    told.filter((one) => one.includes("Python's startup")),
    [
      "a.pth of a-1 should be read at Python's startup, but is not on Lambda",
      "sitecustomize.py of the dependencies should be read at Python's startup, but is not on Lambda",
    ],
  );
});

test.run();
