import * as E from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Builder } from '../../../src/exec/buildkit/builders';
import { buildersIn, liveBuilders } from '../../../src/exec/buildkit/builders';

const test = suite('builders');

const KEY = '0'.repeat(64);

const LOST = { _tag: 'Lost', output: 'ERROR: x\nERROR: error reading from server: EOF' } as const;

test('their names are those of a variable, each once; else there is the default one', () => {
  assert.equal(buildersIn({ CDK_LAMBDA_PYTHON_BUILDERS: ' a, b,,a ' }), ['a', 'b']);
  assert.equal(buildersIn({ CDK_LAMBDA_PYTHON_BUILDERS: '' }), [undefined]);
  assert.equal(buildersIn({}), [undefined]);
});

test('each build goes to the builder with the least to do', async () => {
  const builders = liveBuilders(['a', 'b'], () => undefined);
  const given: Builder[] = [];
  const ends: (() => void)[] = [];
  const build = () =>
    builders.build(KEY, async (builder) => {
      given.push(builder);
      await new Promise<void>((resolve) => ends.push(resolve));
      return E.right(builder);
    });
  const first = build();
  const others = [build(), build()];
  ends[1]?.();
  await others[0];
  others.push(build());
  ends.forEach((end) => end());
  await Promise.all([first, ...others]);
  assert.equal(given, ['a', 'b', 'a', 'b']);
});

test('where builders have as little to do, the hash of what is built decides', async () => {
  const builders = liveBuilders(['a', 'b', 'c'], () => undefined);
  const by = (key: string) => builders.build(key, (builder) => Promise.resolve(E.right(builder)));
  const keys = ['00000000', '00000001', '00000002', 'ffffffff', '00000001'].map((key) => key.padEnd(64, 'e'));
  assert.equal(
    (await Promise.all(keys.map(by))).map((result) => E.isRight(result) && result.right),
    ['a', 'b', 'c', 'a', 'b'],
  );
});

test('a build of a lost builder goes to another, which then has all; that is told once', async () => {
  const lines: string[] = [];
  const builders = liveBuilders(['a', 'b'], (line) => lines.push(line));
  const given: Builder[] = [];
  const build = () =>
    builders.build(KEY, async (builder) => {
      given.push(builder);
      await Promise.resolve();
      return builder === 'a' ? E.left(LOST) : E.right(`by ${builder}`);
    });
  assert.equal(await Promise.all([build(), build(), build()]), [
    E.right('by b'),
    E.right('by b'),
    E.right('by b'),
  ]);
  assert.equal(await build(), E.right('by b'));
  assert.equal(given, ['a', 'b', 'a', 'b', 'b', 'b']);
  assert.equal(lines, [
    'the builder a was lost (ERROR: error reading from server: EOF); its builds go to the remaining one',
  ]);
});

test('a build that fails by itself is done by no other', async () => {
  const given: Builder[] = [];
  const error = { _tag: 'DockerNotFound', program: 'docker' } as const;
  const failed = await liveBuilders(['a', 'b'], assert.unreachable).build(KEY, (builder) => {
    given.push(builder);
    return Promise.resolve(E.left({ _tag: 'Failed', error }));
  });
  assert.equal([failed, given], [E.left(error), ['a']]);
});

test('where all are lost, all are named', async () => {
  const lines: string[] = [];
  const failed = await liveBuilders(['a', undefined], (line) => lines.push(line)).build(KEY, (builder) =>
    Promise.resolve(E.left({ ...LOST, output: `gone: ${builder}` })),
  );
  assert.equal(
    failed,
    E.left({
      _tag: 'NoBuilder',
      builders: ['a', 'the default builder'],
      output: 'gone: a\ngone: undefined',
    }),
  );
  assert.is(lines.length, 1);
});

test('work that throws is no longer counted as work of its builder', async () => {
  const builders = liveBuilders(['a', 'b'], () => undefined);
  const failing = builders.build(KEY, () => Promise.reject(new Error('disk')));
  assert.match(String(await failing.catch((error: unknown) => error)), 'disk');
  assert.equal(await builders.build(KEY, (builder) => Promise.resolve(E.right(builder))), E.right('a'));
});

test.run();
