import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findObstacle } from '../../../src/exec/bundle/shadowed-modules';
import type { Part } from '../../../src/exec/store/part';
import { treeOf } from '../../../src/exec/store/part';
import { sha256 } from '../../../src/plan/values/hash';
import { temporaryFolder, writeTree } from '../../support/temporary';
import { planWith } from '../support/plans';

const test = suite('what stands in the way of the user’s files');

/** Modules with these files, all of one distribution. */
const modulesWith = (...names: readonly string[]): Part => {
  const folder = temporaryFolder();
  const record = 'evil-1.0.dist-info/RECORD';
  const tree = {
    ...Object.fromEntries(names.map((name) => [name, ''])),
    [record]: `${names.join(',,\n')},,\n`,
  };
  writeTree(treeOf({ folder }), tree);
  const files = Object.keys(tree).map((name) => ({
    path: name,
    size: 0,
    executable: false,
    digest: sha256(''),
  }));
  return { folder, files, zip: null, own: false };
};

const plan = planWith('six==1.16.0\n', {}, { 'helper.py': 'X = 1\n', 'data/a.txt': '' });

test('nothing, where names differ', () => {
  assert.is(findObstacle(plan, modulesWith('six.py', 'indexes/__init__.py', 'data/b.txt')), undefined);
});

test('a module that is imported in place of the entry', () => {
  for (const [name, shown] of [
    ['index/__init__.py', 'index'],
    ['index.cpython-311-x86_64-linux-gnu.so', 'index.cpython-311-x86_64-linux-gnu.so'],
    ['index.abi3.so', 'index.abi3.so'],
  ] as const) {
    assert.equal(findObstacle(plan, modulesWith(name)), {
      _tag: 'ShadowedHandler',
      module: 'index',
      path: shown,
      distribution: 'evil-1.0',
    });
  }
});

test('a module that is imported in place of another of the user’s', () => {
  assert.equal(findObstacle(plan, modulesWith('helper/__init__.py')), {
    _tag: 'ShadowedModule',
    path: 'helper/__init__.py',
    source: path.join(plan.entry.root, 'helper.py'),
    distribution: 'evil-1.0',
  });
});

test('a package or an extension of the user’s that would hide a module of a distribution', () => {
  for (const [mine, installed] of [
    ['six/__init__.py', 'six.py'],
    ['six/__init__.py', 'six.pyc'],
    ['six/__init__.py', 'six.cpython-313-x86_64-linux-gnu.so'],
    ['six.so', 'six.py'],
    ['six.abi3.so', 'six.py'],
    ['six.cpython-313-x86_64-linux-gnu.so', 'six.py'],
    ['deep/six.so', 'deep/six.py'],
  ] as const) {
    const own = planWith('six==1.16.0\n', {}, { [mine]: '' });
    assert.equal(
      findObstacle(own, modulesWith(installed)),
      {
        _tag: 'FileConflict',
        path: installed,
        source: path.join(own.entry.root, mine),
        distribution: 'evil-1.0',
      },
      mine,
    );
    assert.is(findObstacle(own, modulesWith(`other/${installed}`)), undefined);
  }
});

test('what Python on Linux does not import hides nothing', () => {
  for (const mine of ['six.pyd', 'six.data.so', 'six/data.txt', 'libsix.so'])
    assert.is(
      findObstacle(planWith('six==1.16.0\n', {}, { [mine]: '' }), modulesWith('six.py')),
      undefined,
      mine,
    );
  assert.is(findObstacle(plan, modulesWith('index.pyd', 'helper.data.so')), undefined);
  // The package of the distribution comes first.
  const own = planWith('six==1.16.0\n', {}, { 'six.so': '' });
  assert.is(findObstacle(own, modulesWith('six/__init__.py')), undefined);
});

test('a file at the path of one of the user’s', () => {
  assert.equal(findObstacle(plan, modulesWith('data/a.txt')), {
    _tag: 'FileConflict',
    path: 'data/a.txt',
    source: path.join(plan.entry.root, 'data/a.txt'),
    distribution: 'evil-1.0',
  });
});

test.run();
