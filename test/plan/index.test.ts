import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as room from '../../src/plan/index';

const test = suite('cdk-lambda-python/plan');

test('it offers these values, and no others by accident', () => {
  assert.equal(Object.keys(room).sort(), [
    'BundlePlan',
    'CDK_IGNORES',
    'DEFAULT_DEPENDENCIES',
    'DEFAULT_IGNORES',
    'DEFAULT_RUNTIME',
    'decodePlan',
    'dockerArgv',
    'entryCandidates',
    'findRuntime',
    'ignoreRules',
    'plan',
    'pythonRuntimes',
    'renderPlan',
    'showPlanError',
    'showPlanFieldErrors',
    'showPlanWarning',
    'warningId',
  ]);
});

test.run();
