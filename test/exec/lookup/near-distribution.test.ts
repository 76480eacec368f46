import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nearDistribution } from '../../../src/exec/lookup/near-distribution';
import { folderOf } from '../support/requests';

const test = suite('a declared distribution with nearly the name of a module');

const folder = folderOf({
  'requirements.txt':
    '# reqests\n--index-url https://h/simple\nrequests[socks]==2.32.3 \\\n  --hash=sha256:0\nsix\nShared_Lib @ file:///x\n',
  'pyproject.toml': '[project]\nname = "app-itself"\ndependencies = [\n  "httpx>=1",\n]\n',
  'uv.lock': '[[package]]\nname = "structlog"\nversion = "25"\n',
});

const near = (module: string, file: string): string | undefined =>
  nearDistribution(module, path.join(folder, file));

test('in each kind of declaration', () => {
  assert.is(near('reqests', 'requirements.txt'), 'requests');
  assert.is(near('Reqests.auth', 'requirements.txt'), 'requests');
  assert.is(near('sharedlib', 'requirements.txt'), 'shared-lib');
  assert.is(near('htpx', 'pyproject.toml'), 'httpx');
  assert.is(near('struct_log', 'uv.lock'), 'structlog');
});

test('none where none is near, the module is short or has a distribution of its own, or nothing is declared', () => {
  assert.is(near('numpy_like', 'requirements.txt'), undefined);
  assert.is(near('sxi', 'requirements.txt'), undefined);
  assert.is(near('yaml', 'requirements.txt'), undefined);
  assert.is(near('reqests', 'gone.txt'), undefined);
  assert.is(nearDistribution('reqests', null), undefined);
});

test.run();
