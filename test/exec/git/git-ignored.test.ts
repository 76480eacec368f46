import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nearestIgnoreFile, withoutIgnored } from '../../../src/exec/git/git-ignored';
import type { SnapshotFile } from '../../../src/plan/model/source-snapshot';
import { folderOf } from '../support/requests';

const test = suite('what Git ignores of a package');

const fileOf = (name: string): SnapshotFile => ({ path: name, digest: '', size: 0, executable: false });

/** The files that stay of a package in `libs/one`, where the repository has these ignore files. */
const left = (
  ignores: Readonly<Record<string, string>>,
  names: readonly string[],
  kept: readonly string[] = [],
): readonly string[] => {
  const within = folderOf({ 'libs/one/one.py': '', ...ignores });
  const place = { folder: path.join(within, 'libs/one'), within };
  return withoutIgnored(names.map(fileOf), place, kept).map((file) => file.path);
};

test('by the files above it, its own, and those in its folders', () => {
  assert.equal(left({ '.gitignore': '*.log\n' }, ['a.log', 'a.py']), ['a.py']);
  assert.equal(left({ '.gitignore': '/one/\n' }, ['a.py']), ['a.py']);
  assert.equal(left({ 'libs/.gitignore': '/one/gen.py\n' }, ['gen.py', 'x/gen.py']), ['x/gen.py']);
  assert.equal(left({ 'libs/one/.gitignore': 'build/\n' }, ['build/a.py', 'a.py']), ['a.py']);
  const inner = { 'libs/one/sub/.gitignore': 'b.py\n' };
  assert.equal(left(inner, ['sub/.gitignore', 'sub/b.py', 'b.py']), ['sub/.gitignore', 'b.py']);
});

test('a nearer file takes back what one above it ignores', () => {
  const files = { '.gitignore': '*.py\n', 'libs/one/.gitignore': '!keep.py\n' };
  assert.equal(left(files, ['.gitignore', 'keep.py', 'gone.py']), ['.gitignore', 'keep.py']);
});

test('what the build backend is told to keep stays', () => {
  const ignored = { '.gitignore': '_version.py\nother.py\n' };
  assert.equal(left(ignored, ['one/_version.py', 'other.py'], ['one/_version.py']), ['one/_version.py']);
  assert.equal(left(ignored, ['_version.py', 'one/_version.py'], ['./_version.py']), ['_version.py']);
});

test('the nearest file above a package counts where it has none of its own, up to the end', () => {
  const within = folderOf({ '.gitignore': '', 'repo/.gitignore': '', 'repo/libs/one/a.py': '' });
  const folder = path.join(within, 'repo/libs/one');
  assert.equal(nearestIgnoreFile({ folder, within }), ['../../.gitignore']);
  assert.equal(nearestIgnoreFile({ folder, within: path.join(within, 'repo/libs') }), []);
  assert.equal(nearestIgnoreFile({ folder: path.join(within, 'repo'), within }), []);
});

test.run();
