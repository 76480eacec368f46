import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { folderOf, HANDLER } from '../exec/support/requests';
import { listTree } from '../support/temporary';
import { unpack } from '../support/unpack';
import { cli } from './support/command';

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
    [1, `error: ${cwd}/out/fn.zip exists already. Name a new file, or use --force to replace it.\n`],
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

test('bundles of earlier runs beside the entry stay out of the next one', async () => {
  const cwd = folderOf({ 'main.py': HANDLER, 'other.zip': 'x', 'web.manifest.json': '{}' });
  const bundle = (out: string, ...args: readonly string[]) =>
    cli(['bundle', 'main.py', '--runtime', '3.13', '--bytecode', 'off', '--out', out, ...args], { cwd });
  const filesOf = (zip: string) => listTree(unpack(path.join(cwd, zip))).map((file) => file.path);
  const zipped = (zip: string) => fs.readFileSync(path.join(cwd, zip));
  const own = ['main.py', 'other.zip', 'web.manifest.json'];
  assert.is((await bundle('o1.zip', '--sbom')).code, 0);
  const first = zipped('o1.zip');
  assert.is((await bundle('folder')).code, 0);
  assert.is((await bundle('o2.zip')).code, 0);
  assert.equal([filesOf('o1.zip'), filesOf('o2.zip')], [own, own]);
  assert.is((await bundle('o1.zip', '--force')).code, 0);
  assert.equal([zipped('o1.zip').equals(first), zipped('o2.zip').equals(first)], [true, true]);
  assert.equal(fs.readdirSync(cwd), [
    ...['folder', 'folder.manifest.json', 'main.py', 'o1.manifest.json', 'o1.zip'],
    ...['o2.manifest.json', 'o2.zip', 'other.zip', 'web.manifest.json'],
  ]);
});

test.run();
