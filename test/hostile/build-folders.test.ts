import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cli } from '../cli/support/command';
import { folderOf, HANDLER } from '../exec/support/requests';
import { bundleOf, confined, machine, requiringEvil, telling, told, TOOLS } from '../support/hostile-build';
import { reliabilityTable } from '../support/reliability-table';
import { packageFiles } from '../support/sdist';
import { temporaryFolder } from '../support/temporary';

const suiteOfFolders = suite('folders around a build');
const { row, run } = reliabilityTable(suiteOfFolders, 'hostile: folders around a build');

/** An app whose lock needs a build: its code writes what it sees to a file. */
const lockingEvil = (code: string): string => {
  const lib = Object.entries(packageFiles({ name: 'evil', code }));
  // Without a static name and version, only its build tells them.
  const dynamic = (text: string): string => text.replace(/^\[project\][^]*/m, '');
  return folderOf({
    'requirements.txt': './lib\n',
    ...Object.fromEntries(lib.map(([name, text]) => [`lib/${name}`, dynamic(text)])),
  });
};

row(
  'a build replaces the folder for its modules by a link to a folder of the user',
  'the build is refused, and the folder is as it was',
  async (tryCase) => {
    for (const tool of TOOLS)
      await tryCase(tool, async () => {
        const here = confined(tool);
        const place = folderOf({ 'secret.py': 'SECRET = 1\n' });
        const code = `
output = os.path.join(os.path.dirname(os.environ['TMPDIR']), 'output')
if not os.path.islink(output):
    os.rename(output, output + '.old')
    os.symlink(${JSON.stringify(place)}, output)
os.makedirs(${JSON.stringify(place)}, exist_ok=True)
`;
        const { names, message } = await bundleOf(requiringEvil(code), here);
        assert.equal(names, []);
        assert.is(
          message,
          'output of the build is no longer a folder, or a link to one, which no bundle may hold. Do not trust the distribution until you know why. If your own commands made it, have them write a plain file.',
        );
        assert.equal(fs.readdirSync(place), ['secret.py']);
      });
  },
);

/** Puts a virtual environment into a folder; gives the file that its Python writes. */
const plantedIn = (folder: string): string => {
  const ran = path.join(folder, 'ran');
  const bin = path.join(folder, '.venv/bin');
  fs.mkdirSync(bin, { recursive: true });
  for (const name of ['python', 'python3'])
    fs.writeFileSync(path.join(bin, name), `#!/bin/sh\necho > ${ran}\nexec python3 "$@"\n`, { mode: 0o755 });
  fs.writeFileSync(path.join(folder, '.venv/pyvenv.cfg'), 'home = /usr/bin\nversion = 3.11.2\n');
  return ran;
};

row(
  'another user has put a virtual environment with a program for a Python into a folder above those that uv runs in',
  'the program does not run, neither for wheels nor for builds',
  async (tryCase) => {
    const ways = {
      'a wheel': folderOf({ 'index.py': HANDLER, 'requirements.txt': 'six==1.17.0\n' }),
      'a build': requiringEvil(''),
    };
    for (const [way, folder] of Object.entries(ways))
      await tryCase(way, async () => {
        const above = temporaryFolder();
        const ran = plantedIn(above);
        const TMPDIR = path.join(above, 'tmp');
        fs.mkdirSync(TMPDIR);
        const store = { CDK_LAMBDA_PYTHON_CACHE: path.join(above, 'store') };
        const before = process.env['TMPDIR'];
        process.env['TMPDIR'] = TMPDIR;
        try {
          const { names, message } = await bundleOf(folder, machine('uv', store));
          assert.ok(names.length > 1, message);
        } finally {
          if (before === undefined) delete process.env['TMPDIR'];
          else process.env['TMPDIR'] = before;
        }
        assert.is(fs.existsSync(ran), false);
      });
  },
);

row(
  '`lock --allow-builds` builds a package whose code looks for credentials, the store and the caches',
  'it sees what a build of an install sees, and writes nothing beside the package',
  async (tryCase) => {
    for (const sandbox of ['require', 'off'])
      await tryCase(sandbox, async () => {
        const { environment, home } = machine('uv', { CDK_LAMBDA_PYTHON_SANDBOX: sandbox });
        const seen = path.join(temporaryFolder(), 'seen.json');
        const code = `
names = ('AWS_SECRET_ACCESS_KEY', 'CDK_LAMBDA_PYTHON_CACHE', 'UV_CACHE_DIR')
try:
    open('beside', 'w').close()
    open(${JSON.stringify(seen)}, 'w').close()
except OSError:
    pass
raise SystemExit('SEEN %s %s' % ([os.environ.get(name) for name in names], os.environ['HOME'] == ${JSON.stringify(home)}))
`;
        const folder = lockingEvil(code);
        const before = fs.readdirSync(path.join(folder, 'lib')).sort();
        const locked = await cli(['lock', folder, '--runtime', '3.13', '--allow-builds'], {
          cwd: folder,
          environment: { ...environment, AWS_SECRET_ACCESS_KEY: 's3cret' },
        });
        assert.match(locked.stderr, 'SEEN [None, None, None] False');
        assert.not.match(locked.stderr, 's3cret');
        assert.is(fs.existsSync(seen), sandbox === 'off');
        if (sandbox === 'require') assert.equal(fs.readdirSync(path.join(folder, 'lib')).sort(), before);
      });
  },
);

row(
  '`lock --allow-builds`, and the variable of the sandbox has an unknown value',
  'nothing is built, and the message says why',
  async (tryCase) => {
    await tryCase('sometimes', async () => {
      const file = path.join(temporaryFolder(), 'told.json');
      const folder = lockingEvil(telling(file, '1'));
      const { environment } = machine('uv', { CDK_LAMBDA_PYTHON_SANDBOX: 'sometimes' });
      const { code, stderr } = await cli(['lock', folder, '--runtime', '3.13', '--allow-builds'], {
        cwd: folder,
        environment,
      });
      assert.is(code, 1);
      assert.match(
        stderr,
        'CDK_LAMBDA_PYTHON_SANDBOX is "sometimes". Set it to "require" or "off", or unset it.',
      );
      assert.is(told(file), undefined);
    });
  },
);

row(
  'a project has a virtual environment with a program for a Python, and `lock` is run',
  'the program does not run',
  async (tryCase) => {
    for (const builds of [[], ['--allow-builds']])
      await tryCase(['lock', ...builds].join(' '), async () => {
        const folder = folderOf({ 'app/requirements.txt': 'six==1.17.0\n' });
        const ran = plantedIn(folder);
        const { code, stderr } = await cli(['lock', 'app', '--runtime', '3.13', ...builds], {
          cwd: folder,
          environment: machine('uv').environment,
        });
        assert.is(code, 0, stderr);
        assert.is(fs.existsSync(ran), false);
      });
  },
);

run();
