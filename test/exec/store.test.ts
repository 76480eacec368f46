import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { folderStore, storeFolder } from '../../src/exec/store';
import { sha256 } from '../../src/plan/hash';
import { temporaryFolder } from '../support/temporary';

const test = suite('store');

const KEY = sha256('key');

const put = (folder: string, text: string): Promise<string> => {
  const store = folderStore(folder);
  return store.temporary(async (temporary) => {
    const tree = path.join(temporary, 'output');
    await fs.promises.mkdir(tree);
    await fs.promises.writeFile(path.join(tree, 'module.py'), text);
    return store.add(KEY, tree);
  });
};

test('the folder is the one named, else that of the platform', () => {
  const folder = (environment: NodeJS.ProcessEnv, platform: NodeJS.Platform = 'linux') =>
    storeFolder({ HOME: '/home/me', ...environment }, platform);
  assert.is(folder({}), '/home/me/.cache/cdk-lambda-python');
  assert.is(folder({}, 'darwin'), '/home/me/Library/Caches/cdk-lambda-python');
  assert.is(folder({ XDG_CACHE_HOME: '/var/cache/me' }), '/var/cache/me/cdk-lambda-python');
  assert.is(
    folder({ XDG_CACHE_HOME: 'relative' }),
    '/home/me/.cache/cdk-lambda-python',
    'as the XDG rules say',
  );
  assert.is(folder({ LOCALAPPDATA: '/users/me/local' }, 'win32'), '/users/me/local/cdk-lambda-python/cache');
  assert.is(folder({}, 'win32'), '/home/me/AppData/Local/cdk-lambda-python/cache');
  const named = { CDK_LAMBDA_PYTHON_CACHE: '/mnt/cache', XDG_CACHE_HOME: '/var/cache/me' };
  assert.is(folder(named), '/mnt/cache');
  assert.is(folder({ CDK_LAMBDA_PYTHON_CACHE: 'cache' }), path.resolve('cache'));
  assert.is(folder({ CDK_LAMBDA_PYTHON_CACHE: '' }), '/home/me/.cache/cdk-lambda-python');
});

test('what was added is found, by this store and by another on the same folder', async () => {
  const folder = path.join(temporaryFolder(), 'new/cache');
  const store = folderStore(folder);
  assert.is(await store.find(KEY), undefined);
  const tree = await put(folder, 'one');
  assert.is(await store.find(KEY), tree);
  assert.is(await folderStore(folder).find(KEY), tree);
  assert.is(await store.find(sha256('other')), undefined);
  assert.is(fs.readFileSync(path.join(tree, 'module.py'), 'utf8'), 'one');
  assert.equal(fs.readdirSync(store.temporaries), []);
});

test('who comes second finds what the first has added', async () => {
  const folder = temporaryFolder();
  const first = await put(folder, 'one');
  assert.is(await put(folder, 'two'), first);
  assert.is(fs.readFileSync(path.join(first, 'module.py'), 'utf8'), 'one');
  assert.equal(fs.readdirSync(folderStore(folder).temporaries), []);
});

test('work that fails leaves neither an entry nor a temporary', async () => {
  const store = folderStore(temporaryFolder());
  try {
    await store.temporary(async (temporary) => {
      await fs.promises.writeFile(path.join(temporary, 'half'), '');
      throw new Error('failed');
    });
    assert.unreachable();
  } catch (error) {
    assert.is((error as Error).message, 'failed');
  }
  assert.is(await store.find(KEY), undefined);
  assert.equal(fs.readdirSync(store.temporaries), []);
});

test.run();
