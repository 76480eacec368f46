import nodeFs, * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { writeAll } from '../../../src/exec/files/write-all';
import { temporaryFolder } from '../../support/temporary';

const test = suite('write all');

test('a call that writes less than it was given is followed by others', () => {
  const file = path.join(temporaryFolder(), 'file');
  const descriptor = fs.openSync(file, 'w');
  const { writeSync } = fs;
  const calls: number[] = [];
  const few = (to: number, bytes: Uint8Array, from: number, length: number, at: number): number => {
    calls.push(length);
    return writeSync(to, bytes, from, Math.min(length, 3), at);
  };
  Reflect.set(nodeFs, 'writeSync', few);
  try {
    writeAll(descriptor, Buffer.from('abcdefgh'), 2);
  } finally {
    Reflect.set(nodeFs, 'writeSync', writeSync);
    fs.closeSync(descriptor);
  }
  assert.equal(calls, [8, 5, 2]);
  assert.is(fs.readFileSync(file, 'latin1'), '\0\0abcdefgh');
});

test.run();
