import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { joinZips } from '../../../src/exec/zip/join-zips';
import { readDirectory } from '../../../src/exec/zip/zip-directory';
import type { ZippedFile } from '../../../src/exec/zip/zip-files';
import { zipFiles } from '../../../src/exec/zip/zip-files';
import { hostPython } from '../../support/python-tools';
import { temporaryFolder } from '../../support/temporary';

const test = suite('join zips');

const file = (name: string, content: string | Uint8Array, executable = false): ZippedFile => ({
  path: name,
  content: Buffer.from(content),
  executable,
});

/** Another program's view of a zip: each entry with its mode, time, flags, method and content; a bad CRC is an error. */
const READ = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
    assert z.testzip() is None
    print(json.dumps([[i.filename, oct(i.external_attr >> 16), "-".join(map(str, i.date_time)), i.flag_bits, i.compress_type, z.read(i).decode("latin-1")] for i in z.infolist()]))
`;
const read = (zip: string): readonly (readonly unknown[])[] =>
  JSON.parse(execFileSync(hostPython(), ['-I', '-c', READ, zip], { encoding: 'utf8' })) as [][];

const written = (name: string, content: Uint8Array): string => {
  const target = path.join(temporaryFolder(), name);
  fs.writeFileSync(target, content);
  return target;
};

const part = (...files: readonly ZippedFile[]) => {
  const zip = written('part.zip', zipFiles(files));
  return { file: zip, directory: readDirectory(zip) };
};

const joined = (parts: readonly ReturnType<typeof part>[], own: readonly ZippedFile[]): string => {
  const target = path.join(temporaryFolder(), 'joined.zip');
  joinZips(parts, zipFiles(own), target);
  return target;
};

const TIME = '1980-1-1-0-0-0';

test('files become a zip with modes, the earliest time and no descriptor after an entry', () => {
  const zip = written(
    'own.zip',
    zipFiles([
      file('a.py', 'a'.repeat(100)),
      file('bin/run', '#!', true),
      file('é.txt', 'e'),
      file('empty', ''),
    ]),
  );
  assert.equal(read(zip), [
    ['a.py', '0o100644', TIME, 0, 8, 'a'.repeat(100)],
    ['bin/run', '0o100755', TIME, 0, 8, '#!'],
    ['é.txt', '0o100644', TIME, 2048, 8, 'e'],
    ['empty', '0o100644', TIME, 0, 8, ''],
  ]);
});

test('what is compressed already is stored', () => {
  const gzip = Uint8Array.of(0x1f, 0x8b, 8, 0, 1);
  assert.equal(
    read(written('own.zip', zipFiles([file('a.json.gz', gzip)]))).map((entry) => entry[4]),
    [0],
  );
});

test('parts and own files follow each other as they are, under one directory', () => {
  const big = 'numpy '.repeat(50_000);
  const zip = joined(
    [part(file('m/a.py', big), file('m/b.so', 'b', true)), part(file('m/a.pyc', 'c'))],
    [file('index.py', 'own')],
  );
  assert.equal(read(zip), [
    ['m/a.py', '0o100644', TIME, 0, 8, big],
    ['m/b.so', '0o100755', TIME, 0, 8, 'b'],
    ['m/a.pyc', '0o100644', TIME, 0, 8, 'c'],
    ['index.py', '0o100644', TIME, 0, 8, 'own'],
  ]);
  execFileSync('unzip', ['-tq', zip]);
});

test('a joined zip is no longer than what it holds: the first part ends with a longer directory', () => {
  const many = Array.from({ length: 300 }, (_, index) => file(`module_${index}.py`, `${index}`));
  const zip = joined([part(...many)], []);
  assert.is(read(zip).length, 300);
  assert.equal(fs.readFileSync(zip), Buffer.from(zipFiles(many)));
});

test('without parts it is the own files alone, and a joined zip can be joined again', () => {
  const own = [file('index.py', 'own')];
  assert.equal(fs.readFileSync(joined([], own)), Buffer.from(zipFiles(own)));
  const once = joined([part(file('a', '1'))], [file('b', '2')]);
  const twice = joined([{ file: once, directory: readDirectory(once) }], [file('c', '3')]);
  assert.equal(
    read(twice).map(([name, , , , , content]) => [name, content]),
    [
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
    ],
  );
});

test('the same files give the same bytes, in any time zone', () => {
  const make = (zone: string): string =>
    execFileSync(
      process.execPath,
      [
        ...['--require', require.resolve('tsx/cjs'), '-e'],
        `const { zipFiles } = require(${JSON.stringify(require.resolve('../../../src/exec/zip/zip-files'))});
         process.stdout.write(Buffer.from(zipFiles([{ path: 'a', content: Buffer.from('a'), executable: false }])).toString('hex'))`,
      ],
      { encoding: 'utf8', env: { ...process.env, TZ: zone } },
    );
  assert.is(make('Asia/Tokyo'), make('America/Los_Angeles'));
});

test('what is no zip, or the start of one, is an error', () => {
  const { file: zip } = part(file('a', 'a'.repeat(100)));
  fs.truncateSync(zip, fs.statSync(zip).size - 1);
  assert.throws(() => readDirectory(zip), 'not a whole zip');
  assert.throws(() => readDirectory(written('empty.zip', Buffer.alloc(0))), 'not a whole zip');
});

test.run();
