import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nativeVersions } from '../../../src/exec/machine/known-tools';
import { isNativeTool } from '../../../src/exec/process/native-tool';
import { temporaryFolder } from '../../support/temporary';

const test = suite('whether a program is the tool itself');

const ELF = Buffer.from('7f454c460201', 'hex');

const program = (content: string | Buffer, folder = 'bin', name = 'uv'): string => {
  const file = path.join(temporaryFolder(), folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content, { mode: 0o755 });
  return file;
};

const linked = (target: string): string => {
  const file = path.join(temporaryFolder(), 'uv');
  fs.symlinkSync(target, file);
  return file;
};

test('a program of the machine, and a link to it, are', () => {
  const uv = program(ELF);
  assert.ok(isNativeTool(uv, 'uv'));
  assert.ok(isNativeTool(linked(uv), 'uv'));
  assert.ok(isNativeTool(program(Buffer.from('cffaedfe07000001', 'hex')), 'uv'));
});

test('scripts, launchers of version managers and what cannot be read are not', () => {
  assert.not(isNativeTool(program('#!/bin/sh\nexec mise x -- uv "$@"\n'), 'uv'));
  assert.not(isNativeTool(program(ELF, 'shims'), 'uv'));
  assert.not(isNativeTool(linked(program(ELF, 'bin', 'mise')), 'uv'));
  assert.not(isNativeTool(program(''), 'uv'));
  assert.not(isNativeTool('/nowhere/uv', 'uv'));
});

test('a version counts for the tool itself alone', () => {
  const uv = program(ELF);
  const versions = (file: string) =>
    nativeVersions(() => '0.13.9', {
      environment: { PATH: path.dirname(file) },
      platform: 'linux',
    });
  assert.is(versions(uv)(['uv']), '0.13.9');
  assert.is(versions(program('#!/bin/sh\n'))(['uv']), undefined);
  assert.is(versions(uv)(['python3', '-m', 'uv']), undefined);
});

test('the tool itself is asked again where it did not run', () => {
  const places = { environment: { PATH: path.dirname(program(ELF)) }, platform: 'linux' } as const;
  assert.is(nativeVersions(() => null, places)(['uv']), undefined);
});

test.run();
