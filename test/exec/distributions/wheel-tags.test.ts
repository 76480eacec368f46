import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { foreignWheel, installedWheels } from '../../../src/exec/distributions/wheel-tags';
import { planWith } from '../support/plans';
import { folderOf } from '../support/requests';

const test = suite('wheel tags');

const plan = planWith('six\n', { runtime: { prop: '3.11' } });
const arm = planWith('six\n', { runtime: { prop: '3.13' }, architecture: 'arm64' });

const loads = (tag: string, target = plan, by: 'host' | 'docker' = 'host'): boolean =>
  foreignWheel([{ distribution: 'a-1', tags: [tag] }], target, by) === undefined;

test('the tags of what is installed are read from its metadata', async () => {
  const tree = folderOf({
    'b-2.dist-info/WHEEL': 'Wheel-Version: 1.0\nTag: py2-none-any\nTag: py3-none-any\n',
    'a-1.dist-info/WHEEL': 'Tag: cp311-cp311-linux_x86_64\r\n',
    'c-3.dist-info/METADATA': '',
    'c.py': '',
  });
  assert.equal(await installedWheels(tree), [
    { distribution: 'a-1', tags: ['cp311-cp311-linux_x86_64'] },
    { distribution: 'b-2', tags: ['py2-none-any', 'py3-none-any'] },
    { distribution: 'c-3', tags: [] },
  ]);
});

test('what loads on the target', () => {
  const fitting = [
    'py3-none-any',
    'py2.py3-none-any',
    'py311-none-any',
    'py36-none-any',
    'cp311-none-any',
    'cp311-cp311-manylinux_2_17_x86_64',
    'cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64',
    'cp37-abi3-manylinux_2_26_x86_64',
    'cp36.cp37.cp38-abi3-manylinux1_x86_64',
    'py3-none-manylinux2010_x86_64',
  ];
  for (const tag of fitting) assert.ok(loads(tag), tag);
  assert.ok(loads('cp313-cp313-manylinux_2_34_aarch64', arm));
});

test('what does not: another C library, machine, system, Python or implementation', () => {
  const foreign = [
    'cp311-cp311-linux_x86_64',
    'cp311-cp311-manylinux_2_27_x86_64',
    'cp311-cp311-manylinux_2_17_aarch64',
    'cp311-cp311-musllinux_1_2_x86_64',
    'cp311-cp311-macosx_11_0_x86_64',
    'py3-none-win_amd64',
    'cp310-cp310-manylinux_2_17_x86_64',
    'cp312-cp312-manylinux_2_17_x86_64',
    'cp312-abi3-manylinux_2_17_x86_64',
    'cp310-none-any',
    'py312-none-any',
    'py2-none-any',
    'pp311-pypy311_pp73-manylinux_2_17_x86_64',
  ];
  for (const tag of foreign) assert.not(loads(tag), tag);
});

test("a container's own builds are taken by their machine", () => {
  assert.ok(loads('cp311-cp311-linux_x86_64', plan, 'docker'));
  assert.not(loads('cp311-cp311-linux_aarch64', plan, 'docker'));
  assert.not(loads('cp310-cp310-linux_x86_64', plan, 'docker'));
});

test('what the C library of an image loads, and that of the runtime does not, is not taken from a container', () => {
  for (const by of ['host', 'docker'] as const) {
    assert.ok(loads('cp311-cp311-manylinux_2_26_x86_64', plan, by), by);
    assert.not(loads('cp311-cp311-manylinux_2_28_x86_64', plan, by), by);
    assert.not(loads('cp311-cp311-musllinux_1_2_x86_64', plan, by), by);
  }
});

test('the first that does not load is told; one that says nothing is let through', () => {
  const wheels = [
    { distribution: 'a-1', tags: [] },
    { distribution: 'b-2', tags: ['py2-none-any', 'py3-none-any'] },
    { distribution: 'c-3', tags: ['cp311-cp311-linux_x86_64'] },
  ];
  assert.is(foreignWheel(wheels, plan, 'host')?.distribution, 'c-3');
});

test.run();
