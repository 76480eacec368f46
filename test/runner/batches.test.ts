import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { batchesOf } from './batches';
import { runBatches } from './run-batches';

const test = suite('which files run with which');

const named = (...names: readonly string[]) => names.map((name) => ({ name }));

test('the longest batch first; an unknown file by its folder', () => {
  const files = named(
    'cli/a.test.ts',
    'e2e/b.test.ts',
    'hostile/c.test.ts',
    'new/d.test.ts',
    'docker/e.test.ts',
  );
  assert.equal(
    batchesOf(files, { 'hostile/c.test.ts': 100, 'docker/e.test.ts': 1 }).map((batch) => batch.files),
    [['hostile/c.test.ts'], ['e2e/b.test.ts'], ['cli/a.test.ts'], ['docker/e.test.ts'], ['new/d.test.ts']],
  );
});

test('files of some folders share processes; what runs alone is last and shares none', () => {
  const pure = Array.from({ length: 41 }, (_, index) => `plan/${index}.test.ts`);
  const exec = Array.from({ length: 7 }, (_, index) => `exec/${index}.test.ts`);
  const alone = { name: 'exec/0a.test.ts', alone: 'it measures time' };
  assert.equal(batchesOf([...named(...pure), alone, ...named(...exec)], {}), [
    { files: exec.slice(0, 6), alone: false },
    { files: pure.slice(0, 40), alone: false },
    { files: exec.slice(6), alone: false },
    { files: pure.slice(40), alone: false },
    { files: ['exec/0a.test.ts'], alone: true },
  ]);
});

test('as many batches as there are jobs run at a time, and nothing beside one that runs alone', async () => {
  const running = new Set<string>();
  const seen: string[] = [];
  const batches = ['a', 'b', 'c', 'x', 'y'].map((name) => ({ files: [name], alone: name >= 'x' }));
  await runBatches(batches, 2, async ({ files: [name = ''] }) => {
    running.add(name);
    seen.push([...running].join(''));
    await new Promise((resolve) => setTimeout(resolve, 5));
    running.delete(name);
  });
  assert.equal(seen.slice(0, 2), ['a', 'ab']);
  assert.is(seen[2]?.length, 2);
  assert.equal(seen.slice(3), ['x', 'y']);
});

test.run();
