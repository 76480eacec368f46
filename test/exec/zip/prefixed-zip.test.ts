import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { joinZips } from '../../../src/exec/zip/join-zips';
import { prefixZip } from '../../../src/exec/zip/prefixed-zip';
import { checkZip } from '../../../src/exec/zip/verify-zip';
import { readDirectory } from '../../../src/exec/zip/zip-directory';
import type { ZippedFile } from '../../../src/exec/zip/zip-files';
import { zipFiles } from '../../../src/exec/zip/zip-files';
import { hostPython } from '../../support/python-tools';
import { temporaryFolder } from '../../support/temporary';

const test = suite('prefixed zip');

const file = (name: string, content: string | Uint8Array, executable = false): ZippedFile => ({
  path: name,
  content: Buffer.from(content),
  executable,
});

const FILES: readonly ZippedFile[] = [
  file('a.py', 'a'.repeat(1000)),
  file('bin/run', '#!', true),
  file('é.txt', 'e'),
  file('data.json.gz', Uint8Array.of(0x1f, 0x8b, 8, 0, 1)),
  file('empty', ''),
];

const under = (prefix: string): readonly ZippedFile[] =>
  FILES.map((each) => ({ ...each, path: `${prefix}/${each.path}` }));

const written = (content: Uint8Array): string => {
  const target = path.join(temporaryFolder(), 'made.zip');
  fs.writeFileSync(target, content);
  return target;
};

test('the bytes are those of the same files zipped under the longer names', () => {
  for (const prefix of ['python', 'python/lib/python3.13/site-packages', 'größe']) {
    assert.equal(prefixZip(zipFiles(FILES), prefix), zipFiles(under(prefix)));
  }
});

test('without a prefix it is the same zip, and one without entries stays one', () => {
  const zip = zipFiles(FILES);
  assert.is(prefixZip(zip, '.'), zip);
  assert.equal(prefixZip(zipFiles([]), 'python'), zipFiles([]));
});

test('unzip and Python find nothing wrong with it, nor does a byte-by-byte check', () => {
  const zip = written(prefixZip(zipFiles(FILES), 'python'));
  execFileSync('unzip', ['-tq', zip]);
  const script = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
    assert z.testzip() is None
    print(json.dumps([[i.filename, oct(i.external_attr >> 16), i.flag_bits, len(z.read(i))] for i in z.infolist()]))
`;
  const listed = execFileSync(hostPython(), ['-I', '-c', script, zip], { encoding: 'utf8' });
  assert.equal(JSON.parse(listed), [
    ['python/a.py', '0o100644', 0, 1000],
    ['python/bin/run', '0o100755', 0, 2],
    ['python/é.txt', '0o100644', 2048, 1],
    ['python/data.json.gz', '0o100644', 0, 5],
    ['python/empty', '0o100644', 0, 0],
  ]);
  assert.equal(checkZip(zip).faults, []);
});

test('all parts and the own files of a joined zip get it, whatever their number', () => {
  const [first, second, ...own] = FILES as [ZippedFile, ZippedFile, ...ZippedFile[]];
  const part = (each: ZippedFile) => {
    const zip = written(zipFiles([each]));
    return { file: zip, directory: readDirectory(zip) };
  };
  const joined = (parts: readonly ZippedFile[], last: readonly ZippedFile[]): Buffer => {
    const target = path.join(temporaryFolder(), 'joined.zip');
    joinZips(parts.map(part), zipFiles(last), target, 'python');
    return fs.readFileSync(target);
  };
  const expected = zipFiles(under('python'));
  assert.equal(joined([first, second], own), expected);
  assert.equal(joined([first], [second, ...own]), expected);
  assert.equal(joined([], FILES), expected);
});

test.run();
