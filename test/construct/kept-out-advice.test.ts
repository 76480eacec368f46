import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { uv } from '../support/python-tools';
import { temporaryFolder, writeTree } from '../support/temporary';
import { told } from './support/told-imports';

const test = suite('advice on imports that something names, and nothing installs');

const INDEX = 'import idna\ndef handler(event, context): pass\n';

const PROJECT = '[project]\nname = "a"\nversion = "1"\ndependencies = ["idna==3.10"]\n';

/** What `dependencies.from` keeps out, and the value that the message says. */
const KEPT_OUT: Readonly<
  Record<string, readonly [Readonly<Record<string, string>>, 'none' | 'beside', string, string]>
> = {
  'none, and a project above': [{ 'pyproject.toml': PROJECT }, 'none', 'pyproject.toml', '../pyproject.toml'],
  'none, and requirements beside': [
    { 'fn/requirements.txt': 'idna==3.10\n' },
    'none',
    'fn/requirements.txt',
    'requirements.txt',
  ],
  'beside, and requirements above': [
    { 'fn/requirements.txt': 'six==1.17.0\n', 'requirements.txt': 'idna==3.10\n' },
    'beside',
    'requirements.txt',
    '../requirements.txt',
  ],
};

for (const [name, [tree, from, file, advised]] of Object.entries(KEPT_OUT))
  test(`an option that keeps a declaration out is named: ${name}`, () => {
    const folder = temporaryFolder();
    writeTree(folder, { 'fn/index.py': INDEX, 'cdk.json': '{}', ...tree });
    const entry = path.join(folder, 'fn');
    assert.equal(told(folder, { entry, dependencies: { from } }), [
      `  fn/index.py:1 imports idna. ${file} has idna, but \`dependencies.from: '${from}'\` (or the context key cdk-lambda-python:dependenciesFrom) keeps that file out: set \`dependencies.from\` to "${advised}".`,
    ]);
    assert.equal(told(folder, { entry, dependencies: { from: advised } }), []);
  });

test('where nothing is to be installed, and nothing declares the package, the option is to be taken away', () => {
  const folder = temporaryFolder();
  writeTree(folder, { 'fn/index.py': INDEX, 'cdk.json': '{}' });
  const entry = path.join(folder, 'fn');
  assert.equal(told(folder, { entry, dependencies: { from: 'none' } }), [
    "  fn/index.py:1 imports idna. `dependencies.from: 'none'` (or the context key cdk-lambda-python:dependenciesFrom) installs nothing. Remove it, and add idna to a requirements.txt beside the entry.",
  ]);
  writeTree(folder, { 'fn/requirements.txt': 'idna==3.10\n' });
  assert.equal(told(folder, { entry }), []);
});

/** Files beside an entry from which nothing is installed. */
const UNREAD: Readonly<Record<string, string>> = {
  'requirements.in': 'idna\n',
  'requirements/base.in': 'idna\n',
  'setup.py': "from setuptools import setup\nsetup(name='fn', install_requires=['idna'])\n",
  'setup.cfg': '[options]\ninstall_requires =\n    idna\n',
};

for (const [file, text] of Object.entries(UNREAD))
  test(`a file that is no declaration, but names the package, is named: ${file}`, () => {
    const folder = temporaryFolder();
    writeTree(folder, { 'fn/index.py': INDEX, 'cdk.json': '{}', [`fn/${file}`]: text });
    const entry = path.join(folder, 'fn');
    const advice = file.endsWith('.in')
      ? `but only the file compiled from it is installed. Run \`uv pip compile --universal fn/${file} -o fn/requirements.txt\`.`
      : 'but nothing is installed from that file. Add idna to a requirements.txt beside it.';
    assert.equal(
      told(folder, { entry }).filter((line) => !line.includes('setuptools')),
      [`  fn/index.py:1 imports idna. fn/${file} names idna, ${advice}`],
    );
    if (file.endsWith('.in'))
      execFileSync(uv(), ['pip', 'compile', '-q', '--universal', `fn/${file}`, '-o', 'fn/requirements.txt'], {
        cwd: folder,
      });
    else writeTree(folder, { 'fn/requirements.txt': 'idna\n' });
    assert.equal(
      told(folder, { entry }).filter((line) => !line.includes('setuptools')),
      [],
    );
  });

test.run();
