import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { distributionOf, modulesOf } from '../../../src/plan/imports/distribution-of';

const test = suite('which distribution has a module, and which modules a distribution has');

test('the modules of a distribution that are called otherwise', () => {
  assert.equal(modulesOf('pyyaml'), ['yaml']);
  assert.equal(modulesOf('python_dateutil'), ['dateutil']);
  assert.equal(modulesOf('google-auth'), ['google.oauth2']);
  // It has the name of its module.
  assert.equal(modulesOf('markdown'), []);
  assert.equal(modulesOf('charset_normalizer'), []);
  assert.equal(modulesOf('requests'), []);
});

test('the distribution of a module', () => {
  assert.is(distributionOf('yaml'), 'PyYAML');
  assert.is(distributionOf('google.auth.transport'), 'google-auth');
  assert.is(distributionOf('requests.adapters'), 'requests');
  assert.is(distributionOf('mine'), undefined);
});

test.run();
