import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CONTAINER_PIP_NAME, CONTAINER_QUIET_PIP_NAME } from '../../../src/exec/scripts/pip-programs';
import { BYTECODE_SCRIPT_NAME } from '../../../src/exec/scripts/bytecode-script';
import { CONTAINER_SCRIPT_NAME } from '../../../src/exec/container/container-script';
import { NO_UV } from '../../../src/exec/install/needs-uv';
import { NO_GIT } from '../../../src/exec/git/no-git-in-image';
import { putTools } from '../../../src/exec/container/container-tools';
import { hostPython, uv } from '../../support/python-tools';
import { temporaryFolder, writeTree } from '../../support/temporary';
import { MADE as made, runScript as run } from '../support/container-runs';

const test = suite('the script of a build container');

test('the first that is there installs', () => {
  const { status, started, output } = run({ uv: made, pip: made });
  assert.equal({ status, started, output }, { status: 0, started: ['uv'], output: ['module.py'] });
  assert.equal(run({ pip: made }).started, ['pip']);
});

test('pip alone asks the indexes that uv is told of', () => {
  const say = 'echo "$PIP_INDEX_URL $PIP_EXTRA_INDEX_URL" > "$OUT/asked.py"';
  const asked = (environment: NodeJS.ProcessEnv) => {
    const { root, status } = run({ pip: say }, {}, { UV_INDEX: '', ...environment });
    return [status, fs.readFileSync(path.join(root, 'output/asked.py'), 'utf8').trim()];
  };
  assert.equal(asked({ UV_DEFAULT_INDEX: 'https://d', UV_INDEX: 'a=https://a https://b' }), [
    0,
    'https://d https://a https://b',
  ]);
  assert.equal(asked({ UV_DEFAULT_INDEX: 'https://d', PIP_INDEX_URL: 'https://p' }), [0, 'https://p']);
});

test('uv is left out where it is no program, or where pip is told of an index that uv is not', () => {
  for (const name of ['PIP_INDEX_URL', 'PIP_EXTRA_INDEX_URL', 'PIP_NO_INDEX', 'PIP_FIND_LINKS']) {
    assert.equal(run({ uv: made, pip: made }, {}, { [name]: 'x', UV_INDEX: '' }).started, ['pip'], name);
  }
  assert.equal(run({ uv: made, pip: made }, {}, { PIP_INDEX_URL: 'x' }).started, ['uv']);
  const home = temporaryFolder();
  writeTree(home, { '.config/pip/pip.conf': '' });
  assert.equal(run({ uv: made, pip: made }, {}, { HOME: home, UV_INDEX: '' }).started, ['pip']);
  const absent = run({ pip: made }, { installers: [[['/no/such/uv']], [['{python}', '-c', 'pass']]] });
  assert.equal([absent.status, absent.started], [0, []]);
});

test('where only uv will do and there is none, it says so', () => {
  const { status, stderr } = run({}, { installers: [[['/no/such/uv']]] });
  assert.equal([status, stderr], [1, `${NO_UV}\n`]);
});

test('where Git has the version of something and the image has no Git, nothing is started', () => {
  const input = temporaryFolder();
  writeTree(input, { 'lib/.git/HEAD': 'ref: refs/heads/main\n' });
  const [empty, bin] = [temporaryFolder(), temporaryFolder()];
  fs.writeFileSync(path.join(bin, 'git'), '#!/bin/sh\n', { mode: 0o755 });
  const none = run({ pip: 'true' }, {}, { INPUT: input, PATH: empty });
  assert.equal([none.status, none.started, none.stderr], [1, [], `${NO_GIT}\n`]);
  for (const [environment, more] of [
    [{ INPUT: input, PATH: bin }, []],
    [{ INPUT: empty, PATH: empty }, []],
    [{ INPUT: input, PATH: empty }, ['wheels']],
  ] as const)
    assert.equal(run({ pip: 'true' }, {}, environment, more).started, ['pip']);
});

test('where uv fails, pip begins anew in an empty folder and has the last word', () => {
  const half = 'echo > "$OUT/half.py"; mkdir "$OUT/.half"; exit 2';
  const mended = run({ uv: half, pip: made }, {}, { PIP_INDEX_URL: 'x' });
  assert.equal([mended.status, mended.started, mended.output], [0, ['uv', 'pip'], ['module.py']]);
  const failed = run({ uv: half, pip: 'echo pip says no >&2; exit 3' }, {}, { PIP_INDEX_URL: 'x' });
  assert.equal([failed.status, failed.started], [3, ['uv', 'pip']]);
  assert.match(failed.stderr, /pip says no\n$/);
});

test('where only uv is told of an index, pip does not ask another one after it', () => {
  for (const name of ['UV_DEFAULT_INDEX', 'UV_INDEX', 'UV_INDEX_URL', 'UV_EXTRA_INDEX_URL', 'UV_NO_INDEX']) {
    const { status, started } = run({ uv: 'exit 2', pip: made }, {}, { UV_INDEX: '', [name]: 'x' });
    assert.equal([status, started], [2, ['uv']], name);
  }
  const home = temporaryFolder();
  writeTree(home, { '.config/pip/pip.conf': '' });
  assert.equal(run({ uv: 'exit 2', pip: made }, {}, { HOME: home }).started, ['uv', 'pip']);
});

/** A run that puts an empty file where it is told, and ends with a code. */
const puts = (file: string, code = 0): readonly string[] => [
  '{python}',
  '-c',
  'import os, sys; f = os.path.join(sys.argv[1], sys.argv[2]); os.makedirs(os.path.dirname(f), exist_ok=True); print(sorted(os.listdir(sys.argv[1])), os.path.exists(f), file=sys.stderr); open(f, "w").close(); sys.exit(int(sys.argv[3]))',
  '{output}',
  file,
  String(code),
];

test('several runs are one after the other, each but the first into a folder of its own, and all into one', () => {
  const runs = [puts('ns/sub/a.py'), puts('ns/sub/b.py'), puts('ns/sub/a.py'), puts('c.py')];
  const { status, output, stderr } = run({}, { installers: [runs] });
  assert.equal([status, output], [0, ['c.py', 'ns/sub/a.py', 'ns/sub/b.py']]);
  assert.is(stderr, "['ns'] False\n".repeat(3) + '[] False\n');
});

test('a file of a later run replaces that of an earlier one, also where one of them is a folder', () => {
  const replaced = (first: string, second: string): readonly string[] =>
    run({}, { installers: [[puts(first), puts(second)]] }).output;
  assert.equal(replaced('a/b', 'a'), ['a']);
  assert.equal(replaced('a', 'a/b'), ['a/b']);
});

test('the first run that fails ends an installer; the next one begins in an empty folder', () => {
  const failing = [puts('a.py'), puts('b.py', 3), puts('c.py')];
  const failed = run({}, { installers: [failing] });
  assert.equal([failed.status, failed.output], [3, ['a.py']]);
  assert.equal(failed.stderr.split('\n').length, 3);
  const mended = run({}, { installers: [failing, [puts('d.py'), puts('e.py')]] });
  assert.equal([mended.status, mended.output], [0, ['d.py', 'e.py']]);
  const first = run({}, { installers: [[puts('a.py', 4), puts('b.py')]] });
  assert.equal([first.status, first.output], [4, ['a.py']]);
});

test('an installer without a run installs nothing, and well; a program that is none fails', () => {
  const none = run({}, { installers: [[]] });
  assert.equal([none.status, none.output], [0, []]);
  const absent = run({}, { installers: [[puts('a.py'), ['/no/such/program']]] });
  assert.is(absent.status, 126);
  assert.match(absent.stderr, /No such file or directory: '\/no\/such\/program'/);
  assert.is(run({}, { installers: [] }).status, 127);
});

test('packages of one namespace that different runs of pip install lie in one folder', () => {
  const wheels = temporaryFolder();
  const wheel = (name: string): string => {
    const file = path.join(wheels, `${name}-1-py3-none-any.whl`);
    const script = `import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as z:
    z.writestr("ns/${name}.py", "")
    z.writestr("${name}-1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: ${name}\\nVersion: 1\\n")
    z.writestr("${name}-1.dist-info/WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    z.writestr("${name}-1.dist-info/RECORD", "")
`;
    const { status, stderr } = spawnSync(hostPython(), ['-I', '-c', script, file], { encoding: 'utf8' });
    assert.is(status, 0, stderr);
    return file;
  };
  const pip = (file: string): readonly string[] => [
    ...[hostPython(), '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-compile'],
    ...['--no-index', '--no-deps', '--target', '{output}', file],
  ];
  const { status, output, stderr } = run(
    {},
    { installers: [[puts('first.py'), pip(wheel('a')), pip(wheel('b'))]] },
  );
  assert.is(status, 0, stderr);
  assert.equal(
    output.filter((file) => !file.includes('.dist-info/')),
    ['first.py', 'ns/a.py', 'ns/b.py'],
  );
});

const BYTECODE = { tag: 'cpython-311', prefix: '/var/task', exclude: ['tests'], output: 'BYTECODE' };

test('what was installed is compiled beside it; what is excluded or no program is not', () => {
  const script = `${made}; mkdir -p "$OUT/pkg/tests"; echo 'x = 1' > "$OUT/pkg/a.py"; echo 'x =' > "$OUT/pkg/bad.py"; echo > "$OUT/pkg/tests/t.py"`;
  const { status, output, bytecode } = run({ pip: script }, { bytecode: BYTECODE });
  assert.is(status, 0);
  assert.equal(output, ['module.py', 'pkg/a.py', 'pkg/bad.py', 'pkg/tests/t.py']);
  assert.equal(bytecode, ['__pycache__/module.cpython-311.pyc', 'pkg/__pycache__/a.cpython-311.pyc']);
});

test('an image with another Python than the plan says installs all the same, and compiles nothing', () => {
  const { status, bytecode, stderr } = run({ pip: made }, { bytecode: { ...BYTECODE, tag: 'cpython-313' } });
  assert.equal([status, bytecode], [0, []]);
  assert.match(stderr, /^this is cpython-311, not cpython-313$/m);
});

test('nothing is compiled after a failure', () => {
  const { status, bytecode } = run({ pip: `${made}; exit 1` }, { bytecode: BYTECODE });
  assert.equal([status, bytecode], [1, []]);
});

test("this machine's uv is lent where it is a program for the container's processor", async () => {
  const lent = async (platform: string, searchPath: string): Promise<readonly string[]> => {
    const folder = temporaryFolder();
    await putTools(folder, platform, searchPath);
    return fs.readdirSync(folder).sort();
  };
  const scripts = [BYTECODE_SCRIPT_NAME, CONTAINER_SCRIPT_NAME, CONTAINER_QUIET_PIP_NAME, CONTAINER_PIP_NAME];
  const bin = path.dirname(uv());
  const [here, elsewhere] =
    process.arch === 'arm64' ? ['linux/arm64', 'linux/amd64'] : ['linux/amd64', 'linux/arm64'];
  if (process.platform === 'linux')
    assert.equal(await lent(here, `relative:/no/such:${bin}`), [...scripts, 'uv']);
  assert.equal(await lent(elsewhere, bin), scripts);
  assert.equal(await lent(here, ''), scripts);
  const launcher = temporaryFolder();
  fs.writeFileSync(path.join(launcher, 'uv'), '#!/bin/sh\n', { mode: 0o755 });
  assert.equal(await lent(here, launcher), scripts);
});

test('installers run in the folder of the requirements, wherever the container does', () => {
  const elsewhere = temporaryFolder();
  const { output } = run(
    { uv: 'pwd > "$OUT/where"; [ "$(pwd)" = "$THERE" ]', pip: 'false' },
    { folder: elsewhere },
    {
      THERE: elsewhere,
    },
  );
  assert.equal(output, ['where']);
});

test('a canary is handed back before anything is installed, also where that fails', () => {
  const { root } = run({ canary: 'exit 0', pip: 'exit 7' });
  assert.is(
    fs.readFileSync(path.join(root, 'bytecode', '.canary'), 'utf8'),
    fs.readFileSync(path.join(root, 'tools', 'canary'), 'utf8'),
  );
});

test.run();
