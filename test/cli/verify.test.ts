import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BundleVerified } from '../../src/exec/verify/verify-bundle';
import { folderOf, HANDLER } from '../exec/support/requests';
import { cli } from './support/command';

const test = suite('cli: verify');

/** A folder with a bundle in either form, `out/zip.zip` and `out/dir`. */
const made = async (): Promise<string> => {
  const cwd = folderOf({ 'fn/main.py': HANDLER, 'fn/data.txt': 'x' });
  for (const out of ['out/zip.zip', 'out/dir']) {
    const argv = ['bundle', 'fn/main.py', '--runtime', '3.13', '--bytecode', 'off', '--out', out];
    const { code, stderr } = await cli(argv, { cwd });
    assert.is(code, 0, stderr);
  }
  return cwd;
};

let cwd = '';
test.before(async () => {
  cwd = await made();
});

test('bundle writes a manifest beside its output, and nothing else', () => {
  assert.equal(fs.readdirSync(path.join(cwd, 'out')).sort(), [
    'dir',
    'dir.manifest.json',
    'zip.manifest.json',
    'zip.zip',
  ]);
  const [dir, zip] = ['dir', 'zip'].map((name) =>
    fs.readFileSync(path.join(cwd, `out/${name}.manifest.json`), 'utf8'),
  );
  const size = fs.statSync(path.join(cwd, 'out/zip.zip')).size;
  assert.is(dir, zip?.replace(`"zip":${size},`, '"zip":null,'), 'the same files in either form');
});

test('bundles as they were made', async () => {
  const whole = `2 files, ${HANDLER.length + 1} B, as made\n`;
  const [folder, two] = [
    await cli(['verify', 'out'], { cwd }),
    await cli(['verify', 'out/dir', 'out/zip.zip'], { cwd }),
  ];
  assert.equal(
    [folder.code, folder.stdout, folder.stderr],
    [0, `out/dir: ${whole}out/zip.zip: ${whole}`, ''],
  );
  assert.equal([two.code, two.stdout], [0, folder.stdout]);
});

test('a byte that was changed: the file by name, numbers, and the exit code', async () => {
  const file = path.join(cwd, 'out/dir/main.py');
  fs.writeFileSync(file, HANDLER.replace('event', 'evenu'));
  fs.writeFileSync(path.join(cwd, 'out/dir/\u001b[2Jnew'), '');
  const { code, stdout, stderr } = await cli(['verify', 'out/dir'], { cwd });
  assert.is(code, 1);
  assert.is(
    stdout,
    'out/dir: 1 added, 1 changed\n  added    "\\u001b[2Jnew"\n  changed  main.py: has other bytes\n',
  );
  assert.is(stderr, 'error: 1 bundle of 1 not as made\n');
  const json = await cli(['verify', '--json', 'out'], { cwd });
  assert.is(json.code, 1);
  assert.equal(
    (JSON.parse(json.stdout) as BundleVerified[]).map(({ bundle, faults }) => [bundle, faults]),
    [
      [
        'out/dir',
        [
          { _tag: 'Added', path: '\u001b[2Jnew' },
          { _tag: 'Changed', path: 'main.py', what: 'has other bytes' },
        ],
      ],
      ['out/zip.zip', []],
    ],
  );
});

test('a bundle elsewhere, and its manifest', async () => {
  fs.mkdirSync(path.join(cwd, 'down'));
  fs.copyFileSync(path.join(cwd, 'out/zip.zip'), path.join(cwd, 'down/load.zip'));
  const alone = await cli(['verify', 'down/load.zip'], { cwd });
  assert.equal(
    [alone.code, alone.stderr],
    [
      1,
      `error: down/load.zip has no manifest beside it: looked for ${cwd}/down/load.manifest.json. Name it with --manifest, or make the bundle again.\n`,
    ],
  );
  const manifest = ['--manifest', 'out/zip.manifest.json'];
  assert.is((await cli(['verify', 'down/load.zip', ...manifest], { cwd })).code, 0);
  const two = await cli(['verify', 'down/load.zip', 'out/dir', ...manifest], { cwd });
  assert.equal([two.code, two.stderr], [1, 'error: --manifest belongs to one bundle, and 2 were named.\n']);
});

test('a file in the place of the manifest is not overwritten unasked; what was written is no source of the next bundle', async () => {
  const argv = ['bundle', 'fn/main.py', '--runtime', '3.13', '--bytecode', 'off', '--out', 'fn/app.zip'];
  const file = path.join(cwd, 'fn/app.manifest.json');
  fs.writeFileSync(file, '{ "mine": true }');
  const refused = await cli(argv, { cwd });
  assert.equal(
    [refused.code, refused.stderr],
    [
      1,
      `error: ${file} exists already, and the bundle would replace it by its own. Name another output, or use --force to replace it.\n`,
    ],
  );
  assert.is(fs.readFileSync(file, 'utf8'), '{ "mine": true }');
  fs.rmSync(file);
  const first = await cli(argv, { cwd });
  assert.is(first.code, 0, first.stderr);
  const before = fs.readFileSync(file, 'utf8');
  const again = await cli([...argv, '--force'], { cwd });
  assert.is(again.code, 0, again.stderr);
  assert.is(fs.readFileSync(file, 'utf8'), before);
  assert.equal(
    fs.readdirSync(path.join(cwd, 'fn')).filter((name) => name.startsWith('app')),
    ['app.manifest.json', 'app.zip'],
  );
});

test.run();
