import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { remembered, shared } from '../support/remembered';
import { temporaryFolder } from '../support/temporary';

const test = suite('what a test run remembers');

const before = shared.testRunFolder;
test.after.each(() => {
  shared.testRunFolder = before;
});

/** How often each key was asked for, by two processes that share a folder or have none. */
const asked = (folder: string | undefined): readonly string[] => {
  shared.testRunFolder = folder;
  const keys: string[] = [];
  const ask = (): ((key: string) => string | undefined) =>
    remembered('names', (key) => {
      keys.push(key);
      return key === 'none' ? undefined : `${key}!`;
    });
  for (const process of [ask(), ask()]) {
    assert.is(process('a'), 'a!');
    assert.is(process('a'), 'a!');
    assert.is(process('none'), undefined);
  }
  return keys;
};

test('one question a run, whichever process asks', () => {
  assert.equal(asked(temporaryFolder()), ['a', 'none']);
});

test('one question a process without the runner', () => {
  assert.equal(asked(undefined), ['a', 'none', 'a', 'none']);
});

test.run();
