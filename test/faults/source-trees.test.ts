import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readDirectory } from '../../src/exec/zip/zip-directory';
import { planOf } from '../exec/support/plans';
import { folderOf, HANDLER, makePipe } from '../exec/support/requests';
import { execute } from '../support/bundle-file';
import { failsCleanly, succeeds } from '../support/fault-case';
import { reliabilityTable } from '../support/reliability-table';
import {
  asNobody,
  deepFile,
  environment,
  latin1,
  refused,
  sparse,
  tells,
  underChange,
} from '../support/source-faults';

const test = suite('faults: sources');
const { row, run } = reliabilityTable(test, 'faults: sources');

const LIB = {
  'lib/setup.py': "from setuptools import setup\nsetup(name='lib', version='1', py_modules=['lib'])\n",
};
const TREE = { 'index.py': HANDLER, 'data.txt': 'data', 'lib/lib.py': 'X = 1\n', ...LIB };

const CHANGES: Readonly<Record<string, (file: string) => void>> = {
  'written anew': (file) => fs.appendFileSync(file, '# more\n'),
  'of the same size': (file) => {
    const text = fs.readFileSync(file, 'utf8');
    fs.writeFileSync(file, `${text.slice(0, -2)}#\n`);
  },
  removed: (file) => fs.rmSync(file),
  'a folder': (file) => {
    fs.rmSync(file);
    fs.mkdirSync(file);
  },
  'a link to another': (file) => {
    fs.rmSync(file);
    fs.symlinkSync('/etc/hostname', file);
  },
  'a named pipe': (file) => {
    fs.rmSync(file);
    makePipe(file);
  },
};

row(
  'A file changes between the plan and its execution: the entry, data, a local package, a requirements file',
  'the file is named, and nothing is made; planned anew, the bundle is made or the file is named again',
  async (tryCase) => {
    for (const name of ['index.py', 'data.txt', 'lib/lib.py', 'requirements.txt']) {
      for (const [what, change] of Object.entries(CHANGES)) {
        await tryCase(`${name} ${what}`, async () => {
          const folder = folderOf({
            ...TREE,
            ...(/lib|req/.test(name) ? { 'requirements.txt': './lib\n' } : {}),
          });
          const planned = planOf(folder, { exclude: ['lib', 'requirements.txt'] });
          const file = path.join(folder, name);
          change(file);
          const said = await failsCleanly(planned, environment());
          assert.is(said, `${file} changed while the bundle was made. Synthesize again.`);
          // That of a package takes seconds to build, and is the same.
          if (name !== 'data.txt') return;
          if (/link|pipe/.test(what))
            assert.match(refused(folder), /data\.txt is a (symbolic link|named pipe)/);
          else await succeeds(planOf(folder, { exclude: ['lib'] }), environment());
        });
      }
    }
  },
);

row(
  'Files change all the time, at random points of survey, plan and bundle',
  'each bundle that is made matches its plan to the byte; every other run says which file changed',
  async (tryCase) => {
    await tryCase('120 bundles of files', async () => {
      const many = Object.fromEntries(
        Array.from({ length: 40 }, (_, index) => [`data/${index}.txt`, `${index}`]),
      );
      const outcomes = await underChange(
        ['index.py', 'data/1.txt', 'data/39.txt'],
        { ...TREE, ...many },
        120,
      );
      assert.is(outcomes.made + outcomes.refused, 120);
    });
    await tryCase('10 bundles with a local package', async () => {
      const tree = { ...TREE, 'requirements.txt': './lib\n' };
      const outcomes = await underChange(['lib/lib.py'], tree, 10);
      assert.is(outcomes.made + outcomes.refused, 10);
    });
  },
);

const LARGE = 2 ** 31 + 5;

row(
  'A data file of 2 GB',
  'told before it is read, before anything is installed, and excluded it is no matter',
  tells(
    { 'in the folder': (folder) => sparse(path.join(folder, 'data.bin'), LARGE) },
    /data\.bin has 2048\.0 MB; Lambda takes at most 250\.0 MB unzipped/,
    ['*.bin'],
  ),
);

row(
  'A data file of 2 GB in a folder that commands work on, or files of 400 MB together',
  'it is copied piece by piece; what is too large after all is told with what has most of it',
  async (tryCase) => {
    await tryCase('commands take it away', async () => {
      const folder = folderOf({ 'index.py': HANDLER });
      sparse(path.join(folder, 'data.bin'), LARGE);
      const planned = planOf(folder, { hooks: { before: ['rm data.bin'], after: [] } });
      const before = process.memoryUsage().rss;
      const [report] = await execute([planned], environment());
      assert.is(report?.outcome._tag, 'Bundled', JSON.stringify(report));
      assert.ok(process.memoryUsage().rss - before < 500e6, 'memory grew by the size of the file');
      assert.equal(fs.readdirSync(planned.output.path), ['index.py']);
    });
    await tryCase('files that are too large together', async () => {
      const folder = folderOf({ 'index.py': HANDLER, 'requirements.txt': 'no-such-distribution==0\n' });
      for (const name of ['a.bin', 'b.bin']) sparse(path.join(folder, name), 200 * 2 ** 20);
      const said = await failsCleanly(planOf(folder), environment());
      assert.match(
        said,
        /^The bundle has 400\.0 MB; .* The largest: a\.bin 200\.0 MB, b\.bin 200\.0 MB, index\.py 0\.0 MB\./,
      );
    });
  },
);

row(
  'A requirements file, a lock, a manifest or an entry of 2 GB',
  'it is not read into memory, and the message says why',
  async (tryCase) => {
    for (const name of ['requirements.txt', 'uv.lock', 'pyproject.toml', '.python-version', 'index.py']) {
      await tryCase(name, () => {
        const folder = folderOf({ 'index.py': HANDLER });
        sparse(path.join(folder, name), LARGE);
        assert.match(refused(folder, { exclude: ['*'] }), new RegExp(`${name}: it is larger than 64 MB`));
      });
    }
  },
);

row('10,000 files, in folders and a zip', 'the bundle holds all of them', async (tryCase) => {
  const files = Array.from({ length: 10_000 }, (_, n) => [`data/${n % 100}/${n}.txt`, `${n}`] as const);
  const folder = folderOf({ 'index.py': HANDLER, ...Object.fromEntries(files) });
  await tryCase('as a folder', () => succeeds(planOf(folder), environment()));
  await tryCase('as a zip', async () => {
    const planned = planOf(folder, { packaging: 'zip' });
    const [report] = await execute([planned], environment());
    assert.is(report?.outcome._tag, 'Bundled', JSON.stringify(report));
    assert.is(readDirectory(planned.output.path).entries, 10_001);
  });
});

row(
  'Paths near and beyond the 4,096 bytes that a system takes',
  'bundled where the bundle’s own path still fits; else a message that shows its beginning and end',
  async (tryCase) => {
    const at = (length: number): string => {
      const folder = folderOf({ 'index.py': HANDLER });
      deepFile(folder, length);
      return folder;
    };
    await tryCase('3,900 bytes', () => succeeds(planOf(at(3900)), environment()));
    await tryCase('4,090 bytes', async () => {
      const said = await failsCleanly(planOf(at(4090)), environment());
      assert.match(said, /^Cannot write \/\S+ … d[d/]+x?: the path is longer than this machine allows\./);
      assert.ok(said.length < 700);
    });
    for (const length of [4097, 8200]) {
      await tryCase(`${length} bytes`, async () => {
        const folder = at(length);
        const said = refused(folder);
        assert.match(said, /^Cannot read \/\S+ … [d/]+x?: the path is too long\./);
        await succeeds(planOf(folder, { exclude: ['ddd*'] }), environment());
      });
    }
  },
);

row(
  'Symbolic links in a circle, to nowhere, or out of the folder',
  'each is told with where it leads; excluded, it is not followed',
  async (tryCase) => {
    const link = (target: string) => (folder: string) => fs.symlinkSync(target, path.join(folder, 'link'));
    const leaves = { 'out of it': link('/etc/hostname'), 'out of it, a folder': link('/etc') };
    await tells({ 'to itself': link('link') }, /link: too many symbolic links/, ['link'])(tryCase);
    await tells({ 'to its folder': link('.') }, /, a folder that contains it/, ['link'])(tryCase);
    await tells({ 'to nowhere': link('gone') }, /link to gone, which does not exist/, ['link'])(tryCase);
    await tells(leaves, /outside the source root/, ['link'])(tryCase);
  },
);

row(
  'Folders that link to each other so that there are billions of ways through them',
  'the search ends and names the folder',
  async (tryCase) => {
    const web = (folder: string): void => {
      const levels = Array.from({ length: 30 }, (_, level) => path.join(folder, `level${level}`));
      levels.forEach((level) => fs.mkdirSync(level));
      for (const [index, level] of levels.slice(0, -1).entries()) {
        for (const name of ['a', 'b', 'c']) fs.symlinkSync(`../level${index + 1}`, path.join(level, name));
      }
    };
    await tells({ 'thirty folders': web }, /holds more than 100000 files and folders/, ['level*'])(tryCase);
  },
);

row(
  'A file or folder that may not be read',
  'it is named with the reason, and is no matter where it is excluded',
  async (tryCase) => {
    for (const name of ['secret.txt', 'secret/x.txt', 'requirements.txt', 'index.py']) {
      await tryCase(name, () => {
        const folder = folderOf({ 'index.py': HANDLER, [name]: HANDLER });
        fs.chmodSync(folder, 0o755);
        fs.chmodSync(path.join(folder, name.split('/')[0] ?? ''), 0);
        assert.match(
          asNobody(() => refused(folder)),
          /^Cannot read \S+: permission denied\. Fix that/,
        );
        if (!name.startsWith('secret')) return;
        asNobody(() => planOf(folder, { exclude: ['secret*'] }));
      });
    }
  },
);

row(
  'Names that are not UTF-8',
  'each is told with its bytes, also beside a file that has the name it is shown by',
  tells(
    {
      'a file': (folder) => fs.writeFileSync(latin1(folder, 'café.txt'), ''),
      'a folder': (folder) => fs.mkdirSync(latin1(folder, 'café.d')),
      'a link': (folder) => fs.symlinkSync('index.py', latin1(folder, 'café.py')),
      'beside its double': (folder) => {
        fs.writeFileSync(latin1(folder, 'café.txt'), '');
        fs.writeFileSync(path.join(folder, 'caf\ufffd.txt'), '');
      },
    },
    /\/caf\\xe9\.\w+: its name is not UTF-8\./,
    ['caf*'],
  ),
);

row(
  'Names with line breaks, control characters, quotes, options; two that differ in case or by how an accent is written',
  'all are in the bundle, byte by byte',
  async (tryCase) => {
    const names = [
      'a\nb',
      'a\rb',
      'a\tb',
      '\u001b[31mred',
      '\u007f',
      'a\\b',
      '-rf',
      '--',
      '$(id)',
      '`id`',
      '"',
      "'",
      ' ',
      '*',
      '~',
      '\u202egnp',
    ];
    const pairs = ['Data.txt', 'data.txt', '\u00e9.txt', 'e\u0301.txt'];
    const folder = folderOf({
      'index.py': HANDLER,
      ...Object.fromEntries([...names, ...pairs].map((name) => [name, name])),
    });
    await tryCase('in a folder', async () => {
      const planned = planOf(folder);
      assert.is(planned.sources.length, 1 + names.length + pairs.length);
      await succeeds(planned, environment());
    });
    await tryCase('in a folder that commands work on', async () => {
      const planned = planOf(folder, { hooks: { before: ['true'], after: [] } });
      const [report] = await execute([planned], environment());
      assert.is(report?.outcome._tag, 'Bundled', JSON.stringify(report));
      for (const name of [...names, ...pairs]) {
        assert.is(fs.readFileSync(path.join(planned.output.path, name), 'utf8'), name);
      }
    });
  },
);

run();
