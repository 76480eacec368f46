import { chmodSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { finishModules } from '../../../src/exec/parts/finish-modules';
import type { Pinned } from '../../../src/plan/model/pinned';
import { elfFor } from '../../support/native';
import { temporaryFolder, writeTree } from '../../support/temporary';
import { planWith } from '../support/plans';
import { folderOf, runFolders } from '../support/requests';

const test = suite('what an install must be');

const ARM = elfFor('aarch64');

const METADATA = {
  'a-1.dist-info/RECORD': 'a/_x.so,,\na/run,,\nbin/a,,\n',
  'a-1.dist-info/WHEEL': 'Tag: cp311-cp311-manylinux_2_17_x86_64\n',
};

/** Finishes a tree that an installer has left, by this machine or a container; what is wrong, or the notes. */
const finish = async (
  files: Readonly<Record<string, string | Uint8Array>>,
  by: 'host' | 'docker',
  change: (tree: string) => void = () => undefined,
  omit: readonly string[] = [],
  pinned?: Pinned,
): Promise<unknown> => {
  const plan = planWith('a\n');
  if (plan.install === null) throw new Error('nothing to install');
  const folders = runFolders(temporaryFolder());
  mkdirSync(folders.output);
  writeTree(folders.output, { ...METADATA, ...files });
  change(folders.output);
  const install = { ...plan.install, leftOut: { ...plan.install.leftOut, omit }, ...(pinned && { pinned }) };
  const task = { plan, install, folders, environment: {} };
  const result = await finishModules(task, { by, tool: 'pip', output: '' });
  return result._tag === 'Left' ? result.left : result.right;
};

test('native code for another machine, by this machine as by a container', async () => {
  for (const by of ['host', 'docker'] as const) {
    assert.equal(await finish({ 'a/_x.so': ARM }, by), {
      _tag: 'WrongBinary',
      path: 'a/_x.so',
      distribution: 'a-1',
      needs: 'aarch64',
      target: 'Python 3.11 on x86_64 (glibc 2.26)',
    });
  }
  assert.equal(await finish({ 'a/_x.so': '' }, 'host'), []);
});

test('native code of a local package, which its record of the install tells', async () => {
  const file = 'a/_x.cpython-313-x86_64-linux-gnu.so';
  const from = (url: string): Promise<unknown> =>
    finish(
      {
        [file]: elfFor('x86_64'),
        'a-1.dist-info/RECORD': `${file},,\n`,
        'a-1.dist-info/WHEEL': 'Tag: py3-none-any\n',
        'a-1.dist-info/direct_url.json': url,
      },
      'host',
    );
  const refused = {
    _tag: 'WrongLocalBinary',
    path: file,
    distribution: 'a-1',
    needs: 'Python 3.13',
    target: 'Python 3.11 on x86_64 (glibc 2.26)',
  };
  assert.equal(await from('{"dir_info": {}, "url": "file:///x"}'), refused);
  for (const other of ['{"archive_info": {}, "url": "https://x/a.whl"}', 'null', '{'])
    assert.equal(await from(other), []);
});

test('names that are to be left out, and that nothing installs', async () => {
  const files = { ...METADATA, 'a-1.dist-info/METADATA': 'Name: A\n', 'a/x.py': '' };
  assert.equal(await finish(files, 'host', () => undefined, ['boto3', 'a']), [
    '`dependencies.omit` has boto3, which nothing installs',
  ]);
});

test('what the declaration does not fix, with all that needs it, where it must fix all', async () => {
  const files = {
    'a-1.dist-info/METADATA': 'Name: a\nRequires-Dist: B.b>=1\nRequires-Dist: c ; extra == "x"\n',
    'b_b-2.0.post1.dist-info/METADATA': 'Name: B_b\nRequires-Dist: c\n',
    'c-3.dist-info/METADATA': 'Name: c\n',
  };
  const of = (pinned?: Pinned, omit: readonly string[] = []) =>
    finish(files, 'host', () => undefined, omit, pinned);
  const refused = (await of({ names: ['a'], hasUnnamed: false })) as object;
  assert.equal(
    { ...refused, declaration: null },
    {
      _tag: 'InstalledNotPinned',
      declaration: null,
      distributions: [
        { requirement: 'b-b==2.0.post1', neededBy: ['a'] },
        { requirement: 'c==3', neededBy: ['a', 'b-b'] },
      ],
    },
  );
  assert.equal(await of({ names: ['a', 'b-b', 'c'], hasUnnamed: false }), []);
  assert.equal(await of(), []);
  // A path or a URL has brought what nothing needs, and never what another one needs.
  assert.equal(await of({ names: ['b-b', 'c'], hasUnnamed: true }), []);
  assert.match(JSON.stringify(await of({ names: ['a', 'c'], hasUnnamed: true })), /b-b==2/);
  // What is left out does not ship.
  assert.match(JSON.stringify(await of({ names: ['b-b', 'c'], hasUnnamed: false })), /a==1/);
});

test('files that no bundle may hold, before anything of the tree is touched', async () => {
  const setUser = (tree: string): void => chmodSync(path.join(tree, 'a/run'), 0o4755);
  assert.equal(await finish({ 'a/run': '' }, 'host', setUser), {
    _tag: 'UnsafeFile',
    path: 'a/run',
    what: 'a file with the set-user-ID bit',
    distribution: 'a-1',
  });
  const outside = folderOf({ launcher: '#!/bin/sh\n' });
  const linked = (tree: string): void => symlinkSync(outside, path.join(tree, 'bin'));
  assert.equal(await finish({}, 'docker', linked), {
    _tag: 'UnsafeFile',
    path: 'bin',
    what: `a symbolic link to ${outside}`,
    distribution: 'the dependencies',
  });
  assert.ok(existsSync(path.join(outside, 'launcher')), 'launchers are removed, but not through a link');
});

test.run();
