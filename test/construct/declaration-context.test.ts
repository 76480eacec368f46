import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PythonFunction, PythonLayerVersion } from '../../src/construct/index';
import { installs } from '../support/planned-tree';
import { functionIn, messageOf, recordingApp, sources } from './support/app';

const test = suite('the context key of declarations');

const KEY = 'cdk-lambda-python:dependenciesFrom';
const ENTRY = {
  'requirements.txt': 'six==1.17.0\n',
  'requirements-prod.txt': 'idna==3.10\n',
  'uv.lock': 'version = 1\n',
};

/** What is installed for a function in an app with the key, or in a stack with it. */
const installed = (value: unknown, from?: string, isOfStack = false): string | null => {
  const { app } = recordingApp(isOfStack ? {} : { [KEY]: value });
  const stack = new Stack(app, 'Stack');
  if (isOfStack) stack.node.setContext(KEY, value);
  const entry = sources(ENTRY);
  const plan = PythonFunction.planOf(
    functionIn(stack, 'Fn', {
      entry,
      ...(from === undefined ? {} : { dependencies: { from } }),
    }),
  );
  const { install } = plan;
  return install === null ? null : path.basename(install.declaration ?? installs(plan) ?? '');
};

test('a path, `none` and `beside` count for all functions of an app or of a stack, and a function says otherwise', () => {
  assert.is(installed('requirements-prod.txt'), 'requirements-prod.txt');
  assert.is(installed('requirements-prod.txt', undefined, true), 'requirements-prod.txt');
  assert.is(installed('beside'), 'requirements.txt');
  assert.is(installed('none'), null);
  assert.is(installed('none', 'requirements-prod.txt'), 'requirements-prod.txt');
  assert.is(installed('requirements-prod.txt', 'none'), null);
  assert.is(installed(undefined), 'requirements.txt');
});

test('it counts for layers', () => {
  const stack = new Stack(recordingApp({ [KEY]: 'none' }).app, 'Stack');
  const layer = (id: string, from?: string) =>
    PythonLayerVersion.planOf(
      new PythonLayerVersion(stack, id, {
        entry: sources({ ...ENTRY, 'words.py': '' }),
        compatibleRuntimes: [Runtime.PYTHON_3_13],
        ...(from === undefined ? {} : { dependencies: { from } }),
      }),
    ).install;
  assert.is(layer('None'), null);
  assert.is.not(layer('Own', 'requirements-prod.txt'), null);
});

/** What is said of a wrong value, without the folder. */
const wrong = (value: unknown, from?: string): string => {
  const { app } = recordingApp({ [KEY]: value });
  const entry = sources(ENTRY);
  functionIn(new Stack(app, 'Stack'), 'Fn', {
    entry,
    ...(from === undefined ? {} : { dependencies: { from } }),
  });
  return messageOf(() => app.synth()).replaceAll(entry, '{entry}');
};

test('a wrong value is an error that names the key, or the option', () => {
  const unknown = ', which is not the name of a known declaration. ';
  assert.match(
    wrong('Beside'),
    `[Stack/Fn] The context key \`${KEY}\` is "Beside"${unknown}Perhaps "beside" is meant. Use "script", `,
  );
  assert.match(wrong(3), `[Stack/Fn] The context key \`${KEY}\` is "3"${unknown}Use "script", `);
  assert.match(wrong(false), `[Stack/Fn] The context key \`${KEY}\` is "false"${unknown}Use "script", `);
  assert.match(
    wrong('none', 'nome'),
    `[Stack/Fn] \`dependencies.from\` is "nome"${unknown}Perhaps "none" is meant. Use "script", `,
  );
  assert.match(
    wrong('gone.txt'),
    `[Stack/Fn] The context key \`${KEY}\` is "gone.txt", but there is no such declaration. Looked for:\n  - {entry}/gone.txt`,
  );
});

test.run();
