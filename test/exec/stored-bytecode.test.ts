import nodeFs, * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { CompileJob } from '../../src/exec/bytecode/source-bytecode';
import { keepCompiled, storedBytecode } from '../../src/exec/bytecode/source-bytecode';
import type { Store } from '../../src/exec/store/store';
import { verify } from '../../src/exec/verify/verify-store';
import { sha256 } from '../../src/plan/values/hash';
import { newStore, NOW, usedBefore } from './support/stores';

const test = suite('byte code in the store');

const KEY = sha256('module');

const JOB: CompileJob = {
  size: 0,
  bytecode: { tag: 'cpython-313' } as CompileJob['bytecode'],
  from: '/fn/main.py',
  digest: sha256('content'),
  name: '/var/task/main.py',
  path: '__pycache__/main.cpython-313.pyc',
  key: KEY,
};

const placeIn = ({ folder }: Store): string =>
  path.join(folder, 'pyc', KEY.slice(0, 2), `${KEY.slice(2)}.pyc`);

/** Keeps byte code as a compiler has made it; null for a file that is no program. */
const keep = (store: Store, content: string | null): void => {
  store.temporarySync((output) => {
    if (content !== null) fs.writeFileSync(path.join(output, `${KEY}.pyc`), content);
    keepCompiled(store, output, [JOB]);
  });
};

test('what was compiled is found', () => {
  const store = newStore();
  assert.is(storedBytecode(store, JOB), undefined);
  keep(store, 'code');
  assert.is(storedBytecode(store, JOB)?.toString(), 'code');
  keep(store, null);
  assert.is(storedBytecode(store, JOB)?.length, 0);
});

test('what was written to since is not served, and verify takes it away', async () => {
  const store = newStore();
  keep(store, 'code');
  assert.equal(await verify(store), { entries: 1, files: 1, bytes: 4, broken: [] });
  fs.writeFileSync(placeIn(store), 'evil');
  assert.is(storedBytecode(store, JOB), undefined);
  const { broken } = await verify(store);
  assert.equal(
    broken.map(({ entry, faults }) => [entry.key, faults]),
    [[KEY.slice(0, 2), [`${KEY.slice(2)}.pyc was changed, or has no seal of this store`]]],
  );
  assert.not(fs.existsSync(path.dirname(placeIn(store))));
});

test('a folder of it counts as used when something in it is', () => {
  const store = newStore();
  keep(store, 'code');
  const folder = path.dirname(placeIn(store));
  usedBefore(folder, 0, NOW);
  storedBytecode(store, JOB);
  assert.ok(Math.abs(fs.statSync(folder).mtimeMs - Date.now()) < 60_000);
});

test('its folder may be pruned by another run at any moment', () => {
  const store = newStore();
  const { renameSync } = nodeFs;
  let removals = 2;
  nodeFs.renameSync = (from, to) => {
    if (removals-- > 0) fs.rmdirSync(path.dirname(String(to)));
    renameSync(from, to);
  };
  try {
    keep(store, 'code');
  } finally {
    nodeFs.renameSync = renameSync;
  }
  assert.is(removals, -1);
  assert.is(storedBytecode(store, JOB)?.toString(), 'code');
});

test.run();
