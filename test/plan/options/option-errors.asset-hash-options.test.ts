import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { assetHashErrors } from '../../../src/plan/options/option-errors';
import { showPlanError } from '../../../src/plan/errors/plan-error';

const test = suite('an asset hash and its type');

const errors = (...options: Parameters<typeof assetHashErrors>): readonly string[] =>
  assetHashErrors(...options).map(showPlanError);

test('what goes together', () => {
  assert.equal(errors({}), []);
  assert.equal(errors({ assetHash: 'v1' }), []);
  assert.equal(errors({ assetHash: 'v1', assetHashType: 'custom' }), []);
  assert.equal(errors({ assetHashType: 'source' }), []);
  assert.equal(errors({ assetHashType: 'output' }), []);
});

test('what does not, as CDK has it', () => {
  for (const assetHashType of ['source', 'output'] as const) {
    assert.equal(errors({ assetHash: 'v1', assetHashType }), [
      `\`bundling.assetHashType\` is "${assetHashType}", but must be AssetHashType.CUSTOM or left out, because \`bundling.assetHash\` is given.`,
    ]);
  }
  assert.equal(errors({ assetHashType: 'custom' }), [
    '`bundling.assetHashType` is "custom", but must be left out, unless `bundling.assetHash` is given.',
  ]);
});

test.run();
