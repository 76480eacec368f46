import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PythonFunctionProps } from '../../src/construct/index';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder, writeTree } from '../support/temporary';
import { functionIn, realApp, withEnvironment } from './app';

const test = suite('advice of import warnings');

const INDEX = 'import idna\ndef handler(event, context): pass\n';

const project = (...dependencies: readonly string[]): string =>
  `[project]\nname = "a"\nversion = "1"\ndependencies = ${JSON.stringify(dependencies)}\n`;

/** What is said of a function, by its lines; paths below the folder are relative. */
const told = (folder: string, props: PythonFunctionProps): readonly string[] =>
  withEnvironment({ ...environmentWith({ uv: true }), CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() }, () => {
    const stack = new Stack(realApp(), 'Stack');
    functionIn(stack, 'Orders', props);
    return Annotations.fromStack(stack)
      .findWarning('*', Match.anyValue())
      .flatMap(({ entry }) => String(entry.data).split('\n'))
      .filter((line) => line.startsWith('  '))
      .map((line) => line.replaceAll(`${folder}/`, '').replace(/ \[ack: .*/, ''));
  });

/** Layouts, the entry, what is said of it, and the value of `dependencies.from` in that. */
const LAYOUTS: Readonly<
  Record<string, readonly [Readonly<Record<string, string>>, PythonFunctionProps, string, string]>
> = {
  'a project without dependencies lies between': [
    { 'a/fn/index.py': INDEX, 'a/pyproject.toml': project(), 'pyproject.toml': project('idna==3.10') },
    { entry: 'a/fn' },
    'a/fn/index.py',
    '../../pyproject.toml',
  ],
  'what is declared beside the entry lacks it': [
    { 'fn/index.py': INDEX, 'fn/requirements.txt': 'six==1.17.0\n', 'requirements.txt': 'idna==3.10\n' },
    { entry: 'fn' },
    'fn/index.py',
    '../requirements.txt',
  ],
  'the index lies in a folder of the entry': [
    { 'fn/api/index.py': INDEX, 'requirements.txt': 'idna==3.10\n' },
    { entry: 'fn', index: 'api/index.py' },
    'fn/api/index.py',
    '../../requirements.txt',
  ],
};

for (const [name, [tree, props, file, from]] of Object.entries(LAYOUTS))
  test(`\`dependencies.from\` names the declaration as it is found: ${name}`, () => {
    const folder = temporaryFolder();
    writeTree(folder, { ...tree, 'cdk.json': '{}' });
    const given = { ...props, entry: path.join(folder, String(props.entry)) };
    const [line = '', ...more] = told(folder, given);
    assert.match(
      line,
      `${file}:1 imports idna. ${path.basename(from)} has idna: set \`dependencies.from\` to "${from}", or add idna to`,
    );
    assert.equal(more, []);
    assert.equal(told(folder, { ...given, dependencies: { from } }), []);
  });

test.run();
