import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { planOf } from '../exec/support/plans';
import { folderOf, HANDLER } from '../exec/support/requests';
import { bundled, hooked, message, pathsIn } from '../exec/support/whole-builds';
import { environmentWith } from '../support/python-tools';
import { reliabilityTable } from '../support/reliability-table';

const test = suite('commands of the user');
const { row, run } = reliabilityTable(test, 'hostile: commands of the user');

/** Octal bytes by which `printf` writes the head of a 64-bit ELF file for a machine. */
const elf = (machine: number): string =>
  `printf '\\177ELF\\002\\001\\001%s\\003\\000\\${machine.toString(8)}\\000%s' '123456789' '01234567890123456789012345678901234567890123' | tr '0-9' '\\000'`;

const [X86, ARM] = [62, 183];

const target = 'Python 3.12 on arm64 (glibc 2.34)';

/** Files that commands make for arm64 and Python 3.12, and what native code each is for; undefined where it fits. */
const NATIVE: Readonly<Record<string, readonly [file: string, machine: number, needs: string | undefined]>> =
  {
    'an extension for another machine and Python': ['m/_s.cpython-311-x86_64-linux-gnu.so', X86, 'x86_64'],
    'an extension for another Python': ['m/_s.cpython-311-aarch64-linux-gnu.so', ARM, 'Python 3.11'],
    'a library for another machine': ['lib/libz.so.1', X86, 'x86_64'],
    'an extension that fits': ['m/_s.cpython-312-aarch64-linux-gnu.so', ARM, undefined],
    'a library that fits': ['lib/libz.so.1', ARM, undefined],
  };

row(
  'commands leave native code that does not load on the target',
  'it is an error, in functions and in layers',
  async (tryCase) => {
    for (const kind of ['function', 'layer'] as const)
      for (const [name, [file, machine, needs]] of Object.entries(NATIVE))
        await tryCase(`${name}, ${kind}`, async () => {
          const hooks = {
            before: [],
            after: [`mkdir -p {output}/${path.dirname(file)}`, `${elf(machine)} > {output}/${file}`],
          };
          const folder = folderOf({ 'index.py': HANDLER });
          const plan = planOf(folder, {
            hooks,
            runtime: { prop: '3.12' },
            architecture: 'arm64',
            ...(kind === 'layer'
              ? { kind, prefix: 'python', entry: { _tag: 'ByPath', path: folder, index: 'index.py' } }
              : {}),
          });
          if (needs === undefined) assert.ok(pathsIn(await bundled(plan)).some((one) => one.endsWith(file)));
          else
            assert.is(
              await message(plan),
              `${file} of the commands of this bundle is native code for ${needs}; the target is ${target}. Have them install for the target (\`pip install --only-binary=:all: --platform … --python-version …\`), or run them in the image of the runtime (\`bundling.executor\` "docker").`,
            );
        });
  },
);

row(
  'commands install with a Python of this machine, for another machine',
  'the native code is an error that names the first file',
  async (tryCase) => {
    for (const kind of ['function', 'layer'] as const)
      await tryCase(kind, async () => {
        const folder = folderOf({
          'index.py': HANDLER,
          'setup.py':
            "from setuptools import setup\nsetup(name='mytools', version='0.1', py_modules=[], install_requires=['markupsafe==3.0.2'])\n",
        });
        const plan = planOf(folder, {
          hooks: { before: [], after: ['python3 -m pip install {input} --target {output}'] },
          runtime: { prop: '3.12' },
          architecture: 'arm64',
          ...(kind === 'layer'
            ? { kind, prefix: 'python', entry: { _tag: 'ByPath', path: folder, index: 'index.py' } }
            : {}),
        });
        assert.match(
          await message(plan, environmentWith({ pip: true })),
          /^markupsafe\/_speedups\.cpython-3\d+-x86_64-linux-gnu\.so of the commands of this bundle is native code for x86_64; the target is Python 3\.12 on arm64 \(glibc 2\.34\)\. Have them install for the target/,
        );
      });
  },
);

const SEES = { before: ['ls -A > {output}/before.txt'], after: ['ls -A {input} > {output}/after.txt'] };

/** Entries of the cases, the files that commands see beside index.py, and those that do not ship. */
const DECLARED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'requirements.txt': { 'requirements.txt': 'six==1.17.0\n' },
  'a project': {
    'pyproject.toml': '[project]\nname = "a"\nversion = "1"\ndependencies = ["six==1.17.0"]\n',
  },
  'settings of a tool': { 'pyproject.toml': '[tool.black]\nline-length = 88\n' },
};

row('commands look for what declares the dependencies', 'it is there, and does not ship', async (tryCase) => {
  for (const [name, files] of Object.entries(DECLARED))
    await tryCase(name, async () => {
      const bundle = await bundled(hooked(files, SEES));
      const [declared = ''] = Object.keys(files);
      for (const said of ['before.txt', 'after.txt'])
        assert.ok(fs.readFileSync(path.join(bundle, said), 'utf8').split('\n').includes(declared), said);
      if (name !== 'settings of a tool') assert.not(pathsIn(bundle).includes(declared));
    });
  await tryCase('an edit of it is another bundle', () => {
    const hashes = ['1', '2'].map(
      (version) =>
        hooked(
          {
            'pyproject.toml': `[project]\nname = "a"\nversion = "${version}"\ndependencies = ["six==1.17.0"]\n`,
          },
          SEES,
        ).hash.content,
    );
    assert.is(new Set(hashes).size, 2);
  });
});

const PROJECT =
  '[project]\nname = "a"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = ["six==1.17.0"]\n';

/** Entries for which this library writes something for installers. */
const WRITTEN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a project': { 'pyproject.toml': PROJECT },
  'a project with settings of uv': {
    'pyproject.toml': `${PROJECT}[tool.uv]\nconstraint-dependencies = ["six<2"]\n`,
  },
  'a lock': {
    'pylock.toml':
      'lock-version = "1.0"\ncreated-by = "x"\n[[packages]]\nname = "six"\nversion = "1.17.0"\n[[packages.wheels]]\nname = "six-1.17.0-py2.py3-none-any.whl"\nurl = "https://files.pythonhosted.org/packages/b7/ce/149a00dd41f10bc29e5921b496af8b574d8413afcd5e30dfa0ed46c2cc5e/six-1.17.0-py2.py3-none-any.whl"\nhashes = { sha256 = "4721f391ed90541fddacab5acf947aa0d3dc7d27b2e1e8eda2be8970586c3274" }\n',
  },
  'a script': { 'index.py': `# /// script\n# dependencies = ["six==1.17.0"]\n# ///\n${HANDLER}` },
  'a project with a file of the name that is written': {
    'pyproject.toml': PROJECT,
    'project-requirements.txt': 'mine\n',
  },
};

row('commands list the files that they get', 'they are those of the entry alone', async (tryCase) => {
  for (const [name, files] of Object.entries(WRITTEN))
    await tryCase(name, async () => {
      const list = 'find . -mindepth 1 | sort';
      const bundle = await bundled(
        hooked(files, {
          before: [
            `${list} > {output}/before.txt`,
            'test ! -f project-requirements.txt || echo 1 >> project-requirements.txt',
          ],
          after: [`(cd {input} && ${list}) > {output}/after.txt`],
        }),
      );
      const seen = [...new Set(['index.py', ...Object.keys(files)])].sort().map((file) => `./${file}\n`);
      for (const said of ['before.txt', 'after.txt'])
        assert.is(fs.readFileSync(path.join(bundle, said), 'utf8'), seen.join(''), said);
      const shipped = pathsIn(bundle).filter((file) => !file.startsWith('six'));
      const mine = 'project-requirements.txt' in files ? ['project-requirements.txt'] : [];
      assert.equal(shipped, ['after.txt', 'before.txt', 'index.py', ...mine]);
      assert.ok(pathsIn(bundle).includes('six.py'));
      for (const file of mine) assert.is(fs.readFileSync(path.join(bundle, file), 'utf8'), 'mine\n1\n');
    });
});

row('commands install the folder that they get', 'the package is in the bundle', async (tryCase) => {
  await tryCase('pip install {input}', async () => {
    const plan = hooked(
      {
        'src/mytools/__init__.py': '',
        'pyproject.toml':
          '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n[project]\nname = "mytools"\nversion = "0.1.0"\ndependencies = ["six==1.17.0"]\n[tool.setuptools.packages.find]\nwhere = ["src"]\n',
      },
      { after: ['uv pip install --no-deps --target {output} {input}'] },
    );
    const files = pathsIn(await bundled(plan));
    for (const file of ['mytools/__init__.py', 'six.py']) assert.ok(files.includes(file), file);
    assert.not(files.some((file) => file.startsWith('build/') || file === 'pyproject.toml'));
  });
});

row('the first commands set variables', 'the second find them, as in one shell', async (tryCase) => {
  const cases: Readonly<Record<string, readonly [before: readonly string[], after: string, stamp: string]>> =
    {
      'one that is exported': [['export STAMP=hello'], 'echo "$STAMP" > stamp.txt', 'hello\n'],
      'one that is not, with a quote and a line end': [
        ['cd src', `STAMP="it's\n2"`],
        'printf %s "$STAMP" > stamp.txt',
        "it's\n2",
      ],
      'a function': [['f() { echo "f $1"; }'], 'f 1 > stamp.txt', 'f 1\n'],
      'the folder stays that of the output': [
        ['cd src'],
        '[ "$PWD" = {output} ] && echo ok > stamp.txt',
        'ok\n',
      ],
    };
  for (const [name, [before, after, stamp]] of Object.entries(cases))
    await tryCase(name, async () => {
      const bundle = await bundled(hooked({ 'src/x.txt': '' }, { before, after: [after] }));
      assert.is(fs.readFileSync(path.join(bundle, 'stamp.txt'), 'utf8'), stamp);
    });
});

run();
