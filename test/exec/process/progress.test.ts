import { setTimeout as wait } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { liveProgress, PATIENCE, plainProgress, seconds, silent } from '../../../src/exec/process/progress';

const test = suite('progress');

test('seconds have one decimal', () => {
  assert.is(seconds(0), '0.0 s');
  assert.is(seconds(1949), '1.9 s');
  assert.is(seconds(61_000), '61.0 s');
});

test('plain lines: what takes long is announced, what is done is told', async () => {
  const lines: string[] = [];
  const progress = plainProgress((line) => lines.push(line));
  progress.start('slow', 'installing the requirements of A');
  progress.start('fast', 'installing the requirements of B');
  progress.end('fast', 'installed by host in 0.1 s: the requirements of B');
  assert.equal(lines, ['cdk-lambda-python: installed by host in 0.1 s: the requirements of B\n']);
  await wait(PATIENCE + 200);
  progress.end('slow', 'failed after 2.2 s: the requirements of A');
  progress.close();
  assert.equal(lines.slice(1), [
    'cdk-lambda-python: installing the requirements of A …\n',
    'cdk-lambda-python: failed after 2.2 s: the requirements of A\n',
  ]);
});

test('plain lines: work that ends without a note says nothing, unless it takes long', async () => {
  const lines: string[] = [];
  const progress = plainProgress((line) => lines.push(line));
  progress.start('fast', 'putting together A');
  progress.end('fast');
  progress.start('slow', 'putting together B');
  await wait(PATIENCE + 200);
  progress.end('slow');
  progress.close();
  assert.equal(lines, ['cdk-lambda-python: putting together B …\n']);
});

test('plain lines: nothing comes after the close', async () => {
  const lines: string[] = [];
  const progress = plainProgress((line) => lines.push(line));
  progress.start('a', 'installing');
  progress.close();
  await wait(PATIENCE + 100);
  assert.equal(lines, []);
});

/** A terminal that remembers what stands on it: lines that scrolled by, and the list below them. */
const terminal = () => {
  let list = '';
  const scrolled: string[] = [];
  return {
    draw: Object.assign((text: string) => void (list = text), { clear: () => void (list = '') }),
    write: (line: string) => {
      assert.is(list, '', 'the list would be torn');
      scrolled.push(line);
    },
    shown: () => ({ scrolled: [...scrolled], list }),
  };
};

test('live: what runs is drawn with its time, what is done stands above', async () => {
  const { draw, write, shown } = terminal();
  let now = 0;
  const progress = liveProgress(draw, write, () => now);
  progress.start('a', 'installing A');
  now = 1000;
  progress.start('b', 'installing B');
  assert.equal(shown(), {
    scrolled: [],
    list: 'cdk-lambda-python: installing A … 1.0 s\ncdk-lambda-python: installing B … 0.0 s',
  });
  now = 2500;
  await wait(450);
  assert.is(
    shown().list,
    'cdk-lambda-python: installing A … 2.5 s\ncdk-lambda-python: installing B … 1.5 s',
    'it is drawn anew by itself',
  );
  progress.end('a', 'installed by host in 2.5 s: A');
  assert.equal(shown(), {
    scrolled: ['cdk-lambda-python: installed by host in 2.5 s: A\n'],
    list: 'cdk-lambda-python: installing B … 1.5 s',
  });
  progress.end('b', 'failed after 1.5 s: B');
  progress.close();
  assert.is(shown().list, '');
  now = 9999;
  await wait(300);
  assert.is(shown().list, '', 'nothing is drawn after the close');
});

test('live: work that never ended is not drawn after the close', async () => {
  const { draw, write, shown } = terminal();
  const progress = liveProgress(draw, write, () => 0);
  progress.start('a', 'installing A');
  progress.close();
  await wait(300);
  assert.equal(shown(), { scrolled: [], list: '' });
});

test('silent says nothing', () => {
  silent.start('a', 'b');
  silent.end('a', 'c');
  silent.close();
});

test.run();
