import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { declaredAt } from '../../../src/exec/install/declared-at';
import type { InstallInput } from '../../../src/plan/model/install-plan';
import { folderOf } from '../support/requests';

const test = suite('where a refused requirement is declared');

const folder = folderOf({
  'requirements.txt': '# six is not this one-six\n-r more.txt\nzope.interface==5\nsix-more==1\n-e ./old\n',
  'more.txt': 'idna\nZope_Sequence==1\n./pp[x] ; python_version > "3"\n',
  'pp/pyproject.toml': '[project]\nname = "Corp.Core"\n',
  'old/setup.py': "setup(name='by_setup')\n",
  'poetry.lock':
    '[[package]]\nname = "other"\n[package.dependencies]\ntyping-extensions = ">=4"\n[[package]]\nname = "typing-extensions"\n',
});

/** What a plan gathers of a requirements file with two local packages. */
const GATHERED = ['requirements.txt', 'more.txt', 'pp/pyproject.toml', 'old/setup.py'];

const at = (name: string, requirement: string): string | null => {
  const input = (file: string): InstallInput => ({
    path: file,
    from: path.join(folder, file),
    digest: '',
    hashed: '',
    executable: false,
    edits: [],
  });
  const inputs = name === 'requirements.txt' ? GATHERED.map(input) : [];
  const found = declaredAt({ declaration: path.join(folder, name), inputs }, requirement);
  return found && path.relative(folder, found);
};

test('by file and line, however the name is spelled, also in what is included', () => {
  assert.is(at('requirements.txt', 'zope-interface==5'), 'requirements.txt:3');
  assert.is(at('requirements.txt', 'zope.sequence==1'), 'more.txt:2');
  assert.is(at('requirements.txt', 'six-more==1'), 'requirements.txt:4');
  assert.is(at('poetry.lock', 'typing_extensions==4.7.1'), 'poetry.lock:6');
});

test('a local package by the line with its path, where no line has its name', () => {
  assert.is(at('requirements.txt', 'corp_core==1'), 'more.txt:3');
  assert.is(at('requirements.txt', 'by-setup'), 'requirements.txt:5');
});

test('the declaration alone where it does not name it, or cannot be read', () => {
  assert.is(at('requirements.txt', 'more==1'), 'requirements.txt');
  assert.is(at('requirements.txt', '(unknown)'), 'requirements.txt');
  assert.is(at('gone.lock', 'six'), 'gone.lock');
  assert.is(declaredAt({ declaration: null, inputs: [] }, 'six'), null);
});

test.run();
