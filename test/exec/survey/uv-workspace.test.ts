import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { workspaceOf as inWorkspace } from '../../../src/exec/survey/uv-workspace';
import { temporaryFolder, writeTree } from '../../support/temporary';

const workspaceOf = (folder: string) => {
  const file = path.join(folder, 'pyproject.toml');
  return inWorkspace({ file, text: fs.readFileSync(file, 'utf8') });
};

const test = suite('uv workspaces on disk');

const named = (name: string): string => `[project]\nname = "${name}"\n`;

const ROOT = [
  '[project]',
  'name = "Root_Project"',
  '[tool.uv.workspace]',
  'members = ["libs/*", "./deep/**/p?", "gone", "one"]',
  'exclude = ["libs/not-*"]',
].join('\n');

const repository = (): string => {
  const root = temporaryFolder();
  writeTree(root, {
    'pyproject.toml': ROOT,
    'libs/a/pyproject.toml': named('My.A'),
    'libs/b/pyproject.toml': named('b'),
    'libs/not-c/pyproject.toml': named('c'),
    'libs/none/README.md': '',
    'libs/.hidden/pyproject.toml': named('hidden'),
    'deep/x/y/p1/pyproject.toml': named('p1'),
    'deep/x/q1/pyproject.toml': named('q1'),
    'one/pyproject.toml': named('one'),
    'other/pyproject.toml': named('other'),
    'within/pyproject.toml': '[tool.uv.workspace]\nmembers = ["d"]\n',
    'within/d/pyproject.toml': named('d'),
    'within/e/pyproject.toml': named('e'),
  });
  return root;
};

test('a member finds the others and the root, by names and patterns', () => {
  const root = repository();
  const at = (place: string): string => path.join(root, place);
  const expected = {
    root: { file: at('pyproject.toml'), text: ROOT },
    members: [
      { name: 'root-project', path: root },
      { name: 'my-a', path: at('libs/a') },
      { name: 'b', path: at('libs/b') },
      { name: 'p1', path: at('deep/x/y/p1') },
      { name: 'one', path: at('one') },
    ],
  };
  assert.equal(workspaceOf(at('libs/a')), expected);
  assert.equal(workspaceOf(root), expected);
});

test('who is excluded, or not named, or in another workspace, is in none', () => {
  const root = repository();
  for (const place of ['libs/not-c', 'other', 'within/e'])
    assert.is(workspaceOf(path.join(root, place)), undefined, place);
  assert.equal(workspaceOf(path.join(root, 'within/d'))?.members, [
    { name: 'd', path: path.join(root, 'within/d') },
  ]);
});

test('a repository between a member and its root changes nothing', () => {
  const root = repository();
  const folder = path.join(root, 'libs/a');
  const before = workspaceOf(folder);
  writeTree(root, { 'libs/.git/HEAD': '', 'libs/a/.git/HEAD': '' });
  assert.is(before?.root.file, path.join(root, 'pyproject.toml'));
  assert.equal(workspaceOf(folder), before);
});

test.run();
