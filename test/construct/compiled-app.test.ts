import { createRequire } from 'node:module';
import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import type * as ts from 'typescript';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as constructs from '../../src/construct/index';
import { HANDLER, messageOf, recordingApp } from './support/app';
import { Project } from './fixtures/project';

const test = suite('an app of compiled JavaScript');

type Make = (library: typeof constructs, stack: Stack) => constructs.PythonFunction;

/** A stack in src/stack.ts that tsc has compiled to dist/stack.js, and its message. */
const messageIn = (
  props: string,
  files: Readonly<Record<string, string>>,
  options: ts.CompilerOptions = {},
): string => {
  const project = new Project('app');
  try {
    const write = (file: string, text: string): unknown => project.write(file, text);
    write(
      'src/stack.ts',
      `export const make = (library: any, stack: any): unknown => new library.PythonFunction(stack, 'orders', ${props});\n`,
    );
    write('package.json', '{}');
    write('cdk.json', '{ "app": "node dist/stack.js" }');
    for (const [file, text] of Object.entries(files)) write(file, text);
    project.tsc(options);
    const { make } = createRequire(__filename)(project.at('dist/stack.js')) as { readonly make: Make };
    const { app } = recordingApp();
    make(constructs, new Stack(app, 'Stack'));
    return messageOf(() => app.synth())
      .replaceAll(`${project.folder}/`, '')
      .replaceAll(`\n  - ${__filename.replace(/ts$/, 'orders.py')}`, '')
      .replaceAll(/\n {2}- [^\n]*\/test\/construct\/fns\/[^\n]*/g, '')
      .replace('Validation failed with the following errors:\n  [Stack/orders] ', '');
  } finally {
    project.remove();
  }
};

const COMPILED =
  '\ndist/stack.js was compiled without a source map, so the folder of its TypeScript is not known. ' +
  'Set `sourceMap` (or `inlineSourceMap`) in tsconfig.json, or set `entry`.\n';

test('without a source map, the Python file that lies beside the TypeScript is named', () => {
  assert.is(
    messageIn('{}', {
      'tsconfig.json': '{}',
      'src/stack.orders.py': HANDLER,
      'node_modules/other/stack.orders.py': HANDLER,
      '.venv/stack.orders.py': HANDLER,
      'cdk.out/asset.1/stack.orders.py': HANDLER,
    }),
    'No Python entry for this function. Looked for:\n  - dist/stack.orders.py\n' +
      'Nearby is:\n  - src/stack.orders.py\nIf you mean that, name it with `entry`.' +
      `${COMPILED}Create one of these files, or set \`entry\` to the path of the Python file.`,
  );
});

test('so is an entry that is relative to the TypeScript, a file or a folder', () => {
  for (const entry of ['fns/orders.py', 'fns/orders']) {
    const file = entry.endsWith('.py') ? `src/${entry}` : `src/${entry}/index.py`;
    assert.is(
      messageIn(`{ entry: '${entry}' }`, { 'tsconfig.json': '{}', [file]: HANDLER }),
      `The entry does not exist. Looked for:\n  - dist/${entry}\n  - ${path.resolve(entry)}\n` +
        `Nearby is:\n  - src/${entry}\nIf you mean that, name it with \`entry\`.` +
        `${COMPILED}Set \`entry\` to a Python file, or to a folder that holds \`index\` (default index.py).`,
    );
  }
});

test('where no file has the name, the message says only that a source map is missing', () => {
  assert.is(
    messageIn('{}', { 'tsconfig.json': '{}', 'src/other.py': HANDLER }),
    'No Python entry for this function. Looked for:\n  - dist/stack.orders.py' +
      `${COMPILED}Create one of these files, or set \`entry\` to the path of the Python file.`,
  );
});

test('with a source map the file beside the TypeScript is the entry', () => {
  const fails = (): string => messageIn('{}', { 'src/stack.orders.py': HANDLER }, { sourceMap: true });
  assert.throws(fails, 'expected an error');
});

test('with a source map the message does not say that one is missing', () => {
  assert.is(
    messageIn('{}', { 'tsconfig.json': '{}' }, { sourceMap: true }),
    'No Python entry for this function. Looked for:\n  - dist/stack.orders.py\n  - src/stack.orders.py\n' +
      'Create one of these files, or set `entry` to the path of the Python file.',
  );
});

test.run();
