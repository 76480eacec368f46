import * as fs from 'node:fs';
import * as path from 'node:path';
import { Stack, Stage, SymlinkFollowMode } from 'aws-cdk-lib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { memoryOf } from '../../../src/construct/request/app-cache';
import { PythonFunction } from '../../../src/construct/index';
import { diskReadsOf, filesRead } from '../../exec/support/disk-reads';
import { temporaryFolder } from '../../support/temporary';
import { functionIn, HANDLER, recordingApp, recordingStack, sources, withEnvironment } from '../support/app';

const test = suite('PythonFunction: what is read of the disk');

const inside = (folder: string, files: readonly string[]): readonly string[] =>
  files.filter((file) => file === folder || file.startsWith(folder + path.sep));

test('one memory for an app, whatever its stacks and stages', () => {
  const { app } = recordingApp();
  const stack = new Stack(app, 'Stack');
  const staged = new Stack(new Stage(app, 'Stage'), 'Stack');
  assert.is(memoryOf(stack), memoryOf(app));
  assert.is(memoryOf(staged), memoryOf(app));
  assert.is.not(memoryOf(recordingStack()), memoryOf(app));
});

test('functions of one app that share a folder have it walked once, and each file read once', () => {
  const numbers = Array.from({ length: 20 }, (_, index) => index);
  const entries = Object.fromEntries(numbers.map((n) => [`stack.f${n}.py`, HANDLER]));
  const folder = sources({ ...entries, 'requirements.txt': 'six\n', 'lib/a.py': '' });
  const { app, executor } = recordingApp();
  const stacks = [new Stack(app, 'One'), new Stack(new Stage(app, 'Stage'), 'Two')];
  const reads = diskReadsOf(() => {
    for (const stack of stacks) {
      for (const n of numbers) functionIn(stack, `F${n}`, { entry: path.join(folder, `stack.f${n}.py`) });
    }
  });
  assert.equal(inside(folder, reads.readdirSync), [folder, path.join(folder, 'lib')]);
  const read = inside(folder, filesRead(reads));
  // requirements.txt for its digest as a file of the folder, and for its text.
  assert.equal(
    [...read].sort(),
    [...Object.keys(entries), 'index.py', 'lib/a.py', 'requirements.txt', 'requirements.txt']
      .map((file) => path.join(folder, file))
      .sort(),
  );
  app.synth();
  assert.is(executor.plans.length, numbers.length);
});

test('a second app in the same process sees what has changed', () => {
  const folder = sources({ 'requirements.txt': 'six\n' });
  const planned = () => PythonFunction.planOf(functionIn(recordingStack(), 'F', { entry: folder }));
  const before = planned();
  assert.is(planned().hash.asset, before.hash.asset);
  fs.writeFileSync(path.join(folder, 'requirements.txt'), 'idna\n');
  fs.writeFileSync(path.join(folder, 'new.txt'), '');
  const after = planned();
  assert.is.not(after.hash.dependencies, before.hash.dependencies);
  assert.equal(
    after.sources.map((file) => file.path),
    ['index.py', 'new.txt'],
  );
});

test('a large file that another process has read is not read again, while it is as it was', () => {
  // Not one of this test's: it must have been there for some seconds.
  const large = path.join(__dirname, '../../../package-lock.json');
  const folder = sources();
  const link = path.join(folder, 'large.json');
  fs.symlinkSync(large, link);
  const bundling = { followSymlinks: SymlinkFollowMode.ALWAYS };
  const reads = () =>
    filesRead(diskReadsOf(() => functionIn(recordingStack(), 'F', { entry: folder, bundling })));
  withEnvironment({ CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() }, () => {
    assert.ok(reads().includes(link));
    assert.not.ok(reads().includes(link));
  });
  withEnvironment({ CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() }, () => {
    assert.ok(reads().includes(link), 'with another store');
  });
});

test.run();
