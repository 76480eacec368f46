import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nearest } from '../../../src/plan/values/nearest-name';

const test = suite('the name that was probably meant');

const KNOWN = [
  'entry',
  'role',
  'environment',
  'environmentEncryption',
  'memorySize',
  'reservedConcurrentExecutions',
  'functionName',
  'layers',
  'vpc',
  'vpcSubnets',
];

const MEANT: readonly (readonly [given: string, meant: string | undefined])[] = [
  ['entri', 'entry'],
  ['Layers', 'layers'],
  ['vcp', 'vpc'],
  ['env', 'environment'],
  ['envVars', 'environment'],
  ['environmentVariables', 'environment'],
  ['memory', 'memorySize'],
  ['memorySizeInMb', 'memorySize'],
  ['reservedConcurrency', 'reservedConcurrentExecutions'],
  ['subnets', 'vpcSubnets'],
  ['name', 'functionName'],
  ['code', undefined],
  ['xyz', undefined],
  ['', undefined],
];

for (const [given, meant] of MEANT)
  test(`"${given}" is ${meant ?? 'none'}`, () => {
    assert.is(nearest(given, KNOWN), meant);
  });

test('options of a command line', () => {
  assert.is(nearest('--architcture', ['--architecture', '--runtime']), '--architecture');
  assert.is(nearest('--arch', ['--architecture', '--runtime']), '--architecture');
});

test.run();
