import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { switchedOffBuild } from '../../../src/plan/install/switched-off-builds';

const test = suite('builds that variables forbid');

const off = (values: Readonly<Record<string, string>>, ...requirements: readonly string[]) =>
  requirements.map(switchedOffBuild(values));

test('all of them', () => {
  assert.equal(off({ UV_NO_BUILD: '1' }, 'six==1', ':all:'), ['UV_NO_BUILD', 'UV_NO_BUILD']);
  assert.equal(off({ UV_NO_BUILD: 'false' }, 'six==1', ':all:'), [undefined, undefined]);
  assert.equal(off({ PIP_ONLY_BINARY: ':all:' }, 'six==1', ':all:'), ['PIP_ONLY_BINARY', 'PIP_ONLY_BINARY']);
  assert.equal(off({}, 'six==1', ':all:'), [undefined, undefined]);
});

test('those of some names, however they are written', () => {
  const names = { UV_NO_BUILD_PACKAGE: 'Zope.Interface, six' };
  assert.equal(off(names, 'zope-interface==5', 'six', 'idna'), [
    'UV_NO_BUILD_PACKAGE',
    'UV_NO_BUILD_PACKAGE',
    undefined,
  ]);
  assert.equal(off({ PIP_ONLY_BINARY: 'six,idna' }, 'idna==3', 'attrs'), ['PIP_ONLY_BINARY', undefined]);
  assert.equal(off({ PIP_ONLY_BINARY: 'six :none:' }, 'six'), [undefined]);
});

test('uv knows no `:all:` among names', () => {
  assert.equal(off({ UV_NO_BUILD_PACKAGE: ':all:' }, 'six', ':all:'), [undefined, undefined]);
});

test.run();
