import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packagesAmong } from '../../../src/plan/imports/packages-among';

const test = suite('packages among files');

test('packages, modules of a folder `src`, and single modules', () => {
  const files = [
    'shared/setup.py',
    'shared/pyproject.toml',
    'shared/acme/__init__.py',
    'shared/acme/sub/__init__.py',
    'shared/acme/sub/deep.py',
    'shared/acme/plain.py',
    'other/src/space/part/mod.py',
    'other/src/one.py',
    'single.py',
    'requirements.txt',
  ];
  assert.equal(packagesAmong(files), ['acme', 'one', 'single', 'space']);
  assert.equal(packagesAmong([]), []);
});

test.run();
