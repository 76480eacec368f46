import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DEFAULT_DEPENDENCIES } from '../../src/plan/request/bundle-request';
import { reliabilityTable } from '../support/reliability-table';
import { listTree, temporaryFolder, writeTree } from '../support/temporary';
import { attack, attacked } from './attack';

const test = suite('wheels as attack, as uv and pip install them');
const { row, run } = reliabilityTable(test, 'hostile: wheels');

const BOTH = ['uv', 'pip'] as const;

const OWN = ['evil.py', 'index.py'];

const shadowed = (file: string): string =>
  `${file} of evil-1 would be imported in place of the entry's module "index". Rename the entry.`;

row(
  'an extension or a package that would be imported in place of the entry, also by way of `.data`',
  'refused by name',
  async (tryCase) => {
    const names = [
      ...['index.cpython-311-x86_64-linux-gnu.so', 'index.abi3.so', 'index.so'],
      ...['index/__init__.py', 'index/__init__.abi3.so', 'index/data.txt'],
      ...['evil-1.data/purelib/index/__init__.py', 'evil-1.data/platlib/index.abi3.so'],
    ];
    for (const name of names) {
      const file = name.replace(/^evil-1\.data\/\w+\//, '').replace(/\/.*/, '');
      await tryCase(name, async () => assert.equal(await attack({ [name]: 'x' }), [shadowed(file)]));
    }
    await tryCase('with pip', async () =>
      assert.equal(await attack({ 'index.abi3.so': 'x' }, { tool: 'pip' }), [shadowed('index.abi3.so')]),
    );
    await tryCase('what only looks like it', async () => {
      const files = { 'index.pyi': '', 'indexes.so': 'x', 'Index.py': '' };
      assert.equal(
        (await attack(files)).filter((file) => !OWN.includes(file)),
        ['Index.py', 'index.pyi', 'indexes.so'],
      );
    });
  },
);

row('the same of an entry in a folder, and of the folder', 'refused by name', async (tryCase) => {
  const nested = (file: string, tree: Readonly<Record<string, string>> = {}): Promise<readonly string[]> =>
    attack({ [file]: '' }, { index: 'app/index.py', tree });
  for (const file of ['app/index.abi3.so', 'app/index/__init__.py', 'app.py'])
    await tryCase(file, async () =>
      assert.equal(await nested(file), [
        `${file} of evil-1 would be imported in place of the entry's module "app.index". Rename the entry.`,
      ]),
    );
  await tryCase('a folder that is a package', async () => {
    const [message = ''] = await nested('app.py', { 'app/__init__.py': '' });
    assert.match(
      message,
      /^Two files want the path app\.py in the bundle: \S+app\/__init__\.py and one of evil-1\./,
    );
  });
});

row(
  "a file in the place of one of the user's, or a module that hides one",
  'refused, with both names',
  async (tryCase) => {
    await tryCase('hidden', async () => {
      const [message = ''] = await attack({ 'helper/__init__.py': '' }, { tree: { 'helper.py': '' } });
      assert.match(
        message,
        /^helper\/__init__\.py of evil-1 would be imported in place of \/.*\/helper\.py\. Rename yours, or leave it out with `bundling\.exclude`\.$/,
      );
    });
    for (const name of ['index.py', 'data.csv', 'data.csv/x', 'evil-1.data/data/data.csv'])
      await tryCase(name, async () => {
        const [message = ''] = await attack({ [name]: 'x' }, { tree: { 'data.csv': 'a,b' } });
        const wanted = name.includes('index') ? 'index\\.py' : 'data\\.csv';
        assert.match(
          message,
          new RegExp(`^Two files want the path ${wanted} in the bundle: /.*/${wanted} and one of evil-1\\.`),
        );
      });
    await tryCase('a folder that is no package', async () => {
      assert.ok(
        (await attack({ 'helper/data.txt': '' }, { tree: { 'helper.py': '' } })).includes('helper.py'),
      );
    });
  },
);

row('byte code that would run in place of the entry', 'it does not come through', async (tryCase) => {
  const pyc = { '__pycache__/index.cpython-311.pyc': 'x', 'lib/__pycache__/y.cpython-311.pyc': 'x' };
  const whole = { hooks: { before: [], after: ['true'] } };
  for (const tool of BOTH) {
    await tryCase(tool, async () => assert.equal(await attack(pyc, { tool }), OWN));
    await tryCase(`${tool}, not listed`, async () =>
      assert.equal(await attack(pyc, { tool, record: [] }), OWN),
    );
    await tryCase(`${tool}, among what commands have built`, async () =>
      assert.equal(await attack(pyc, { tool, record: ['evil.py'], changes: whole }), OWN),
    );
  }
});

const FAR = '../'.repeat(20);

row(
  'paths that leave the target: entries of the zip, `.data`, entry points, RECORD, a link and a file through it',
  'nothing is written or removed there',
  async (tryCase) => {
    const around = temporaryFolder();
    const temporary = path.join(around, 'a/b/c');
    writeTree(around, { 'victim.txt': 'x', 'a/b/c/here.txt': '' });
    const out = path.join(around, 'written.py');
    const isUntouched = (): void =>
      assert.equal(
        listTree(around)
          .filter((file) => !file.path.startsWith('a/b/c/'))
          .map((file) => file.path),
        ['victim.txt'],
      );
    const scripts = (name: string) => ({
      'evil-1.dist-info/entry_points.txt': `[console_scripts]\nfirst = evil:main\n${name} = evil:main\n`,
    });
    const attacks: Readonly<Record<string, Readonly<Record<string, string>>>> = {
      beside: { '../escaped.py': 'x' },
      far: { [`${FAR}${out.slice(1)}`]: 'x' },
      absolute: { [out]: 'x' },
      data: { [`evil-1.data/data/${FAR}${out.slice(1)}`]: 'x' },
      scheme: { 'evil-1.data/scripts/../../../escaped': '#!python\n' },
      'entry point': scripts('../../../../escaped'),
      'absolute entry point': scripts(out),
      link: { link: around, 'link/escaped.py': 'x' },
    };
    for (const tool of BOTH) {
      for (const [name, files] of Object.entries(attacks))
        await tryCase(`${tool}: ${name}`, async () => {
          const made = await attack(files, { tool, temporary, modes: { link: 0o120777 } });
          assert.ok(made.length === 1 || made.every((file) => !/^\/|\.\./.test(file)), made.join());
          isUntouched();
        });
      const record = ['evil.py', `${FAR}${around.slice(1)}/victim.txt`, path.join(around, 'victim.txt')];
      await tryCase(`${tool}: RECORD`, async () => {
        assert.equal(await attack({}, { tool, record, temporary }), OWN);
        const dependencies = { ...DEFAULT_DEPENDENCIES, omit: ['evil'] };
        assert.equal(await attack({}, { tool, record, temporary, changes: { dependencies } }), ['index.py']);
        isUntouched();
      });
    }
    assert.is(fs.readFileSync(path.join(around, 'victim.txt'), 'utf8'), 'x');
  },
);

row(
  'set-user-ID programs, devices, pipes, sockets and links as entries of the zip',
  'plain files of plain modes, or refused',
  async (tryCase) => {
    const kinds = {
      device: 0o020666,
      block: 0o060666,
      pipe: 0o010666,
      socket: 0o140666,
      setuid: 0o104755,
      open: 0o100777,
    };
    for (const tool of BOTH)
      for (const [name, mode] of Object.entries({ ...kinds, link: 0o120777 }))
        await tryCase(`${tool}: ${name}`, async () => {
          const { files, modes } = await attacked(
            { [name]: '/etc/hosts' },
            { tool, modes: { [name]: mode } },
          );
          if (modes.length === 0) return assert.match(files[0] ?? '', /evil/);
          assert.equal(files, ['evil.py', 'index.py', name].sort());
          assert.equal(
            modes.filter((each) => !['644', '755'].includes(each)),
            [],
          );
        });
  },
);

row(
  'names with control characters, or that are paths on another system',
  'refused by name',
  async (tryCase) => {
    const said =
      /^\S+ of (evil-1|the dependencies) is a \w+ (with a control character|whose name is a path on another system)|unacceptable filename/;
    for (const tool of BOTH)
      for (const name of [
        'a\nb.py',
        '\u001b]0;x\u0007.py',
        '\u202egnp.py',
        'C:\\x.py',
        '..\\x.py',
        'a\u2028b/x.py',
      ])
        await tryCase(`${tool}: ${JSON.stringify(name)}`, async () => {
          const [message = ''] = await attack({ [name]: '' }, { tool });
          const isRefused = said.test(message) || /^Installing the requirements failed/.test(message);
          assert.ok(isRefused, message);
          assert.not.match(message, /[\u001b\u202e]/);
        });
  },
);

row(
  'two distributions with one file, a `.pth`, `sitecustomize`, and modules in place of those of Python',
  'told, with the names; what does no harm is not',
  async (tryCase) => {
    const notes = async (files: Readonly<Record<string, string>>, other?: Readonly<Record<string, string>>) =>
      (await attacked(files, other === undefined ? {} : { other })).notes;
    await tryCase('one file of two', async () =>
      assert.equal(await notes({ 'shared/x.py': '1' }, { 'shared/x.py': '2' }), [
        'shared/x.py is a file of both evil-1 and other-1, and the bundle has the file of other-1, whose name sorts last',
      ]),
    );
    for (const file of ['evil.pth', 'sitecustomize.py', 'usercustomize.py', 'sitecustomize/__init__.py'])
      await tryCase(file, async () =>
        assert.equal(await notes({ [file]: '' }), [
          `${file} of evil-1 should be read at Python's startup, but is not on Lambda`,
        ]),
      );
    for (const file of ['json.py', 'uuid.py', 'socket/__init__.py', 'hashlib.so'])
      await tryCase(file, async () =>
        assert.equal(await notes({ [file]: '' }), [
          `${file} of evil-1 would be imported in place of Python's own module of that name`,
        ]),
      );
    await tryCase('no harm', async () =>
      assert.equal(
        await notes({
          'distutils-precedence.pth': '',
          'x-nspkg.pth': '',
          'email/data.txt': '',
          'a/json.py': '',
        }),
        [],
      ),
    );
  },
);

const ARM = Buffer.alloc(64);
ARM.write('\u007fELF', 'latin1');
ARM.set([2, 1], 4);
ARM.writeUInt16LE(183, 18);

row(
  'native code for another machine, a file that unpacks to a thousand times its size, entries of one name, a RECORD that lies',
  'refused by name, or one file of it',
  async (tryCase) => {
    for (const tool of BOTH) {
      await tryCase(`${tool}: native code`, async () => {
        const [message = ''] = await attack({ '_x.abi3.so': ARM }, { tool });
        assert.match(
          message,
          /^_x\.abi3\.so of evil-1 is native code for aarch64; the target is Python 3\.11 on x86_64/,
        );
      });
      await tryCase(`${tool}: a thousand times`, async () => {
        const zeros = { 'zeros.bin': Buffer.alloc(8 * 1024 * 1024) };
        const [message = ''] = await attack(zeros, { tool, maximumSize: 4 * 1024 * 1024 });
        assert.match(
          message,
          /^The bundle has 8\.0 MB; Lambda takes at most 4\.0 MB unzipped.* The largest: evil-1 8\.0 MB/,
        );
      });
      await tryCase(`${tool}: one name`, async () => {
        const made = await attack({ 'a.py': '1' }, { tool, again: { 'a.py': '2' } });
        if (made.length > 1) assert.equal(made, ['a.py', ...OWN]);
        else assert.match(made[0] ?? '', /^Installing the requirements failed/);
      });
      await tryCase(`${tool}: RECORD`, async () => {
        const record = ['index.py', 'nothing.py', '"a""b.py"', 'other-1.dist-info/METADATA'];
        const dependencies = { ...DEFAULT_DEPENDENCIES, omit: ['evil'] };
        const left = await attack({}, { tool, record, other: {}, changes: { dependencies } });
        assert.ok(left.includes('index.py') && left.includes('other.py'), left.join());
      });
    }
  },
);

run();
