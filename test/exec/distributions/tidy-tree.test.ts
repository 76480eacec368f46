import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { tidyTree } from '../../../src/exec/distributions/tidy-tree';
import { listTree } from '../../support/temporary';
import { temporaryFolder, writeTree } from '../../support/temporary';
import { folderOf } from '../support/requests';

const test = suite('tidying a tree');

const listed = (folder: string): readonly string[] =>
  listTree(folder).map(({ path, mode }) => `${mode} ${path}`);

test('what tells of the machine goes, what importlib.metadata reads stays', () => {
  const tree = folderOf({
    '.lock': '',
    'bin/tool': '#!/home/me/venv/bin/python\n',
    'bin/binary': '\u007fELF',
    'bin/long': `#!/bin/sh\n'''exec' "/home/me/venv/bin/python" "$0" "$@"\n' '''\n`,
    'bin/tool.sh': '#!/bin/sh\necho python\n',
    'bin/anywhere': '#!/usr/bin/env python3\n',
    'bin/perl': '#!/usr/bin/perl\n',
    'bin/__pycache__/x.pyc': '',
    'a/__init__.py': '',
    'a/__pycache__/__init__.cpython-311.pyc': '',
    'a/INSTALLER': 'a file of the package',
    'a/run.sh': '#!/bin/sh\n',
    'a-1.dist-info/METADATA': '',
    'a-1.dist-info/WHEEL': '',
    'a-1.dist-info/entry_points.txt': '',
    'a-1.dist-info/INSTALLER': 'uv',
    'a-1.dist-info/REQUESTED': '',
    'a-1.dist-info/direct_url.json': '{"url": "file:///home/me"}',
    'a-1.dist-info/uv_cache.json': '{"timestamp": 1}',
  });
  tidyTree(tree);
  assert.equal(
    listTree(tree).map((file) => file.path),
    [
      'a-1.dist-info/METADATA',
      'a-1.dist-info/WHEEL',
      'a-1.dist-info/entry_points.txt',
      'a/INSTALLER',
      'a/__init__.py',
      'a/run.sh',
      'bin/anywhere',
      'bin/binary',
      'bin/perl',
      'bin/tool.sh',
    ],
  );
});

test('metadata does not say in which folder of this machine a requirement lay when the package was built', () => {
  const built = (folder: string): string =>
    [
      'Metadata-Version: 2.1',
      'Name: a',
      `Requires-Dist: m @ file:///${folder}/input/m`,
      `Requires-Dist: n[x,y] @ file:///${folder}/n ; python_version < "3.12"`,
      'Requires-Dist: idna @ https://files.example/idna-3.10-py3-none-any.whl',
      '',
      'Requires-Dist: m @ file:///in/the/description',
      '',
    ].join('\n');
  const said = built('x').replace('m @ file:///x/input/m', 'm').replace('n[x,y] @ file:///x/n ;', 'n[x,y] ;');
  const digest = createHash('sha256').update(said).digest('base64url');
  for (const folder of ['tmp/one', 'tmp/two']) {
    const tree = folderOf({
      'a.py': '',
      'a-1.dist-info/METADATA': built(folder),
      'a-1.dist-info/RECORD': 'a.py,,\na-1.dist-info/METADATA,sha256=old,1\na-1.dist-info/RECORD,,\n',
    });
    tidyTree(tree);
    const read = (name: string): string => fs.readFileSync(path.join(tree, 'a-1.dist-info', name), 'utf8');
    assert.is(read('METADATA'), said);
    assert.is(
      read('RECORD'),
      `a-1.dist-info/METADATA,sha256=${digest},${said.length}\na-1.dist-info/RECORD,,\na.py,,\n`,
    );
  }
});

test('a folder of launchers that has nothing left goes as well', () => {
  const tree = folderOf({ 'bin/tool': '#!/usr/bin/python\n', 'a.py': '' });
  tidyTree(tree);
  assert.equal(fs.readdirSync(tree), ['a.py']);
});

test('files that may be links to those of a cache are not written to, nor their modes changed', () => {
  const tree = folderOf({ 'a/x.py': '', 'a/run': '', 'a/lib.so': '' });
  fs.chmodSync(path.join(tree, 'a/x.py'), 0o600);
  fs.chmodSync(path.join(tree, 'a/run'), 0o700);
  fs.chmodSync(path.join(tree, 'a/lib.so'), 0o444);
  fs.chmodSync(path.join(tree, 'a'), 0o700);
  fs.symlinkSync('x.py', path.join(tree, 'a/link'));
  writeTree(tree, { 'a-1.dist-info/RECORD': 'gone.py,,\na/x.py,,\n' });
  const cache = temporaryFolder();
  const files = ['a/x.py', 'a/run', 'a/lib.so', 'a-1.dist-info/RECORD'];
  files.forEach((file, index) => {
    fs.linkSync(path.join(tree, file), path.join(cache, `${index}`));
  });
  tidyTree(tree);
  assert.equal(listed(tree), [
    '644 a-1.dist-info/RECORD',
    '444 a/lib.so',
    'link a/link',
    '700 a/run',
    '600 a/x.py',
  ]);
  assert.is(fs.statSync(path.join(tree, 'a')).mode & 0o777, 0o755);
  assert.is(fs.readFileSync(path.join(tree, 'a-1.dist-info/RECORD'), 'utf8'), 'a/x.py,,\n');
  assert.is(fs.readFileSync(path.join(cache, '3'), 'utf8'), 'gone.py,,\na/x.py,,\n');
});

test('RECORD names what is there, in one order, whichever tool wrote it', () => {
  const tree = (record: string): string =>
    folderOf({
      'a.py': '',
      'bin/binary': '',
      'bin/tool': '#!python\n',
      'odd,name.py': '',
      'a-1.dist-info/INSTALLER': '',
      'a-1.dist-info/RECORD': record,
    });
  const byPip = tree(
    '../../bin/binary,sha256=2,0\r\n../../bin/tool,sha256=3,9\r\na-1.dist-info/INSTALLER,sha256=4,4\r\na-1.dist-info/RECORD,,\r\n"odd,name.py",sha256=5,0\r\na.py,sha256=1,0\r\n__pycache__/a.pyc,,\r\n',
  );
  const byUv = tree(
    'a-1.dist-info/RECORD,,\na.py,sha256=1,0\nbin/binary,sha256=2,0\n"odd,name.py",sha256=5,0\n',
  );
  const expected =
    '"odd,name.py",sha256=5,0\na-1.dist-info/RECORD,,\na.py,sha256=1,0\nbin/binary,sha256=2,0\n';
  for (const folder of [byPip, byUv]) {
    tidyTree(folder);
    assert.is(fs.readFileSync(path.join(folder, 'a-1.dist-info/RECORD'), 'utf8'), expected);
  }
});

test.run();
