import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { watchingBuilder } from '../../../src/exec/buildkit/watch-builder';

const test = suite('watching a builder');

/** A build that goes on until it is told to end, or one of its looks has this number. */
const buildUntil = (looks: readonly unknown[], enough: number) => (signal: AbortSignal) =>
  new Promise<string>((resolve) => {
    const timer = setInterval(() => {
      if (looks.length >= enough) resolve('done');
      if (signal.aborted) resolve('ended');
      if (looks.length >= enough || signal.aborted) clearInterval(timer);
    }, 1);
  });

const watch = async (answers: readonly (boolean | undefined | Error)[], enough: number) => {
  const looks: AbortSignal[] = [];
  const look = (signal: AbortSignal) => {
    looks.push(signal);
    const answer = answers[looks.length - 1];
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const result = await watchingBuilder(look, buildUntil(looks, enough), 1);
  return { result, looks };
};

test('a builder that answers is looked at again, and the build comes to its end', async () => {
  const { result, looks } = await watch([true, true, true], 3);
  assert.is(result, 'done');
  assert.ok(looks.every((signal) => signal.aborted));
});

test('one that does not answer twice in a row is lost', async () => {
  const { result, looks } = await watch([true, false, false], 9);
  assert.equal([result, looks.length], [undefined, 3]);
});

test('once is not enough, nor is what tells nothing, or a look that fails', async () => {
  const { result } = await watch([false, true, false, undefined, false, new Error('no client')], 6);
  assert.is(result, 'done');
});

test('a short build has nobody looked at', async () => {
  const look = () => Promise.reject(new Error('looked'));
  assert.is(await watchingBuilder(look, () => Promise.resolve('done')), 'done');
});

test('a build that fails is no longer watched', async () => {
  const looks: unknown[] = [];
  const look = () => Promise.resolve(looks.push(1) > 0);
  const failed = watchingBuilder(look, () => Promise.reject(new Error('disk')), 1);
  assert.match(String(await failed.catch((error: unknown) => error)), 'disk');
  const before = looks.length;
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.is(looks.length, before);
});

test.run();
