import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { folderOf, HANDLER } from '../exec/requests';
import { listTree } from '../support/temporary';
import { unpack } from '../support/unpack';
import { cli } from './command';

const test = suite('cli: bundle into a zip');

const FILES = { 'fn/main.py': HANDLER, 'fn/data.txt': 'x' };

test('a name that ends in .zip asks for a zip; one that is there needs --force', async () => {
  const cwd = folderOf({ ...FILES, 'fn/requirements.txt': 'six==1.16.0\n' });
  const bundle = (...args: readonly string[]) =>
    cli(['bundle', 'fn/main.py', '--runtime', '3.13', '--bytecode', 'off', '--out', 'out/fn.zip', ...args], {
      cwd,
    });
  const { code, stdout, stderr } = await bundle();
  assert.is(code, 0, stderr);
  assert.is(stdout, `${path.join(cwd, 'out/fn.zip')}\n`);
  const files = listTree(unpack(path.join(cwd, 'out/fn.zip'))).map((file) => file.path);
  assert.equal(
    files.filter((file) => !file.includes('.dist-info/')),
    ['data.txt', 'main.py', 'six.py'],
  );
  const refused = await bundle();
  assert.equal(
    [refused.code, refused.stderr],
    [1, `error: ${cwd}/out/fn.zip is there already. Name a new file, or say --force to replace it.\n`],
  );
  assert.is((await bundle('--force')).code, 0);
  fs.mkdirSync(path.join(cwd, 'folder.zip'));
  const folder = await cli(['bundle', 'fn/main.py', '--runtime', '3.13', '--out', 'folder.zip'], { cwd });
  assert.is(folder.stderr, `error: ${cwd}/folder.zip is not a file. Name a new file.\n`);
  assert.equal(fs.readdirSync(path.join(cwd, 'out')), ['fn.manifest.json', 'fn.zip']);
});

test('--sbom writes a bill of materials beside the bundle, and one without it takes the old one away', async () => {
  const cwd = folderOf({ ...FILES, 'fn/requirements.txt': 'six==1.16.0\n' });
  const bundle = (...args: readonly string[]) =>
    cli(['bundle', 'fn/main.py', '--runtime', '3.13', '--bytecode', 'off', '--out', 'fn.zip', ...args], {
      cwd,
    });
  const { code, stderr } = await bundle('--sbom');
  assert.is(code, 0, stderr);
  const { components } = JSON.parse(fs.readFileSync(path.join(cwd, 'fn.cdx.json'), 'utf8')) as {
    readonly components: readonly { readonly purl: string }[];
  };
  assert.equal(
    components.map(({ purl }) => purl),
    ['pkg:pypi/six@1.16.0'],
  );
  assert.is((await bundle('--force')).code, 0);
  assert.equal(fs.readdirSync(cwd), ['fn', 'fn.manifest.json', 'fn.zip']);
});

test.run();
