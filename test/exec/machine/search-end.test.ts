import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { searchEnd } from '../../../src/exec/machine/search-end';

const test = suite('where the search for declarations ends');

const end = (files: readonly string[], folder: string, definingFiles: readonly string[]): string =>
  searchEnd(
    { has: (file) => files.some((name) => name === file || name.startsWith(`${file}/`)) },
    folder,
    definingFiles,
  );

test('at the root of the app that defines the construct, whatever lies between', () => {
  const stack = ['/repo/app/lib/stack.ts'];
  for (const name of ['cdk.json', 'package.json'])
    assert.is(end([`/repo/app/${name}`], '/repo/app/lambda/fn', stack), '/repo/app');
  assert.is(
    end(['/repo/app/cdk.json', '/repo/app/lambda/fn/package.json'], '/repo/app/lambda/fn', stack),
    '/repo/app',
  );
});

test('never at a repository', () => {
  const files = ['/repo/cdk.json', '/repo/lambda/.git/HEAD', '/.git/HEAD'];
  assert.is(end(files, '/repo/lambda', ['/repo/stack.ts']), '/repo');
});

test('of an entry outside of the app, at the folder that holds both', () => {
  assert.is(end(['/repo/infra/cdk.json'], '/repo/lambdas/fn', ['/repo/infra/lib/stack.ts']), '/repo');
  assert.is(end(['/repo/app/cdk.json'], '/elsewhere/fn', ['/repo/app/stack.ts']), '/');
});

test('without an app above it, at the folder of the file that defines the construct', () => {
  assert.is(end([], '/repo/app/lambda', ['/repo/app/stack.ts']), '/repo/app');
  assert.is(end([], '/repo/app/lambda', ['/repo/infra/stack.ts']), '/repo');
});

test('a construct that a file of another package makes has the root that holds the entry', () => {
  const files = ['/repo/apps/a/cdk.json', '/repo/packages/constructs/package.json'];
  const definingFiles = ['/repo/packages/constructs/fn.ts', '/repo/apps/a/stack.ts'];
  assert.is(end(files, '/repo/apps/a/lambda', definingFiles), '/repo/apps/a');
  assert.is(end(files, '/repo/packages/constructs/python', definingFiles), '/repo/packages/constructs');
  assert.is(end(files, '/repo/lambda', definingFiles), '/repo');
});

test('without a file that defines it, all folders above the entry are searched', () => {
  assert.is(end(['/repo/cdk.json'], '/repo/lambda/fn', []), '/');
});

test.run();
