import { Stack } from 'aws-cdk-lib';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PythonLayerVersion } from '../../../src/construct/index';
import type { PythonFunctionProps } from '../../../src/construct/index';
import { functionIn, messageOf, recordingApp, sources } from '../support/app';

const test = suite('context keys of this library');

/** What is said of a function in an app with a context. */
const said = (
  context: Readonly<Record<string, unknown>>,
  props: Partial<PythonFunctionProps> = {},
): readonly string[] => {
  const { app } = recordingApp(context);
  functionIn(new Stack(app, 'Stack'), 'Fn', props);
  return messageOf(() => app.synth())
    .split('\n')
    .slice(1)
    .map((line) => line.trim());
};

const ALL =
  'only cdk-lambda-python:runtime, cdk-lambda-python:dependenciesFrom, cdk-lambda-python:requireHashes, ' +
  'cdk-lambda-python:requirePinned, cdk-lambda-python:sdist, cdk-lambda-python:phase';

/** A key that nothing reads, and the one that is meant. */
const UNKNOWN: readonly (readonly [key: string, meant: string])[] = [
  ['cdk-lambda-python:requireHash', 'requireHashes'],
  ['cdk-lambda-python:require-pinned', 'requirePinned'],
  ['cdk-lambda-python:runTime', 'runtime'],
  ['cdk-lambda-python:from', 'dependenciesFrom'],
  ['cdk-lambda-python.sdist', 'sdist'],
  ['CDK-Lambda-Python:phase', 'phase'],
];

test('a misspelled key is an error with the key that is meant', () => {
  for (const [key, meant] of UNKNOWN)
    assert.equal(said({ [key]: 'secret' }), [
      `[Stack/Fn] The context key \`${key}\` is "a string", but must be left out: cdk-lambda-python has no such key; perhaps cdk-lambda-python:${meant} is meant.`,
    ]);
  assert.equal(said({ 'cdk-lambda-python': { runtime: 'python3.13' } }), [
    `[Stack/Fn] The context key \`cdk-lambda-python\` is "an object", but must be left out: cdk-lambda-python has no such key, ${ALL}.`,
  ]);
});

test('what several functions and layers share is said once, and a stack may have it', () => {
  const { app } = recordingApp();
  const stack = new Stack(app, 'Stack');
  stack.node.setContext('cdk-lambda-python:requirePin', true);
  functionIn(stack, 'One');
  functionIn(stack, 'Two');
  new PythonLayerVersion(stack, 'Layer', { entry: sources(), compatibleRuntimes: [Runtime.PYTHON_3_13] });
  functionIn(new Stack(app, 'Other'), 'Fn');
  assert.equal(messageOf(() => app.synth()).split('\n'), [
    'Validation failed with the following errors:',
    '  [Stack/One] The context key `cdk-lambda-python:requirePin` is "a boolean", but must be left out: cdk-lambda-python has no such key; perhaps cdk-lambda-python:requirePinned is meant.',
    'The same holds for:',
    '  Stack/Two',
    '  Stack/Layer',
  ]);
});

test('known keys, those of others and those without a value are fine', () => {
  const { app } = recordingApp({
    'cdk-lambda-python:requireHashes': false,
    'cdk-lambda-python:runTime': undefined,
    'cdk-lambda-python-extras:runTime': 'x',
    'cdk-lambda:runTime': 'x',
  });
  functionIn(new Stack(app, 'Stack'), 'Fn');
  app.synth();
});

test('a wrong value names the key where the key gives it', () => {
  const policies = '"forbid", "docker" or "host"';
  assert.equal(said({ 'cdk-lambda-python:sdist': 'no' }), [
    `[Stack/Fn] The context key \`cdk-lambda-python:sdist\` is "no", but must be ${policies}.`,
  ]);
  assert.equal(said({ 'cdk-lambda-python:sdist': 'no' }, { bundling: { sdist: 'forbid' } }), [
    `[Stack/Fn] The context key \`cdk-lambda-python:sdist\` is "no", but must be ${policies}.`,
  ]);
  const host = '"host" or "forbid" if `bundling.executor` is "host", because no container is used then';
  assert.equal(said({ 'cdk-lambda-python:sdist': 'docker' }, { bundling: { executor: 'host' } }), [
    `[Stack/Fn] The context key \`cdk-lambda-python:sdist\` is "docker", but must be ${host}.`,
  ]);
  const both = { bundling: { executor: 'host', sdist: 'docker' } } as const;
  for (const key of ['host', 'docker'])
    assert.equal(said({ 'cdk-lambda-python:sdist': key }, both), [
      `[Stack/Fn] \`bundling.sdist\` is "docker", but must be ${host}.`,
    ]);
  assert.equal(said({ 'cdk-lambda-python:phase': 'later' }), [
    '[Stack/Fn] The context key `cdk-lambda-python:phase` is "later", but must be one of synth, publish.',
  ]);
  assert.match(
    said({ 'cdk-lambda-python:dependenciesFrom': '' }).join('\n'),
    '[Stack/Fn] The context key `cdk-lambda-python:dependenciesFrom` is "", but must be ',
  );
});

test.run();
