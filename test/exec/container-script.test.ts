import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BYTECODE_SCRIPT, BYTECODE_SCRIPT_NAME } from '../../src/exec/bytecode-script';
import { CONTAINER_SCRIPT, CONTAINER_SCRIPT_NAME } from '../../src/exec/container-script';
import { putTools } from '../../src/exec/container-tools';
import type { ContainerTask } from '../../src/plan/docker-install';
import { findPython, uv } from '../support/python-tools';
import { listTree, temporaryFolder, writeTree } from '../support/temporary';

const test = suite('the script of a build container');

const python = findPython('3.11') ?? '';

/** Runs the script as a container does, with installers that are shell scripts. */
const run = (
  scripts: Readonly<Record<string, string>>,
  changes: Partial<ContainerTask> = {},
  environment: NodeJS.ProcessEnv = {},
) => {
  const folder = temporaryFolder();
  const [tools, output, bytecode] = ['tools', 'output', 'bytecode'].map((name) =>
    path.join(folder, name),
  ) as [string, string, string];
  for (const place of [tools, output, bytecode]) fs.mkdirSync(place);
  fs.writeFileSync(path.join(tools, CONTAINER_SCRIPT_NAME), CONTAINER_SCRIPT);
  fs.writeFileSync(path.join(tools, BYTECODE_SCRIPT_NAME), BYTECODE_SCRIPT);
  for (const [name, script] of Object.entries(scripts)) {
    fs.writeFileSync(path.join(tools, name), `#!/bin/sh\necho ${name} >> '${folder}/started'\n${script}\n`, {
      mode: 0o755,
    });
  }
  const task: ContainerTask = {
    installers: Object.keys(scripts).map((name) =>
      // The first may be left out, as uv; the last is a module of the interpreter, as pip.
      name === 'pip'
        ? ['{python}', '-c', `import subprocess, sys; sys.exit(subprocess.call("${tools}/pip"))`]
        : [`${tools}/${name}`],
    ),
    output,
    bytecode: null,
    ...changes,
  };
  const { status, stderr } = spawnSync(
    python,
    [
      path.join(tools, CONTAINER_SCRIPT_NAME),
      JSON.stringify(task).replaceAll('OUTPUT', output).replaceAll('BYTECODE', bytecode),
    ],
    {
      encoding: 'utf8',
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        OUT: output,
        // So that a pip.conf of this machine does not matter.
        UV_INDEX: 'x',
        ...environment,
      },
    },
  );
  const started = path.join(folder, 'started');
  return {
    status,
    stderr,
    started: fs.existsSync(started) ? fs.readFileSync(started, 'utf8').trim().split('\n') : [],
    output: listTree(output).map((file) => file.path),
    bytecode: listTree(bytecode).map((file) => file.path),
  };
};

const made = 'echo > "$OUT/module.py"';

test('the first that is there installs', () => {
  const { status, started, output } = run({ uv: made, pip: made });
  assert.equal({ status, started, output }, { status: 0, started: ['uv'], output: ['module.py'] });
  assert.equal(run({ pip: made }).started, ['pip']);
});

test('uv is left out where it is no program, or where pip is told of an index that uv is not', () => {
  for (const name of ['PIP_INDEX_URL', 'PIP_EXTRA_INDEX_URL', 'PIP_NO_INDEX', 'PIP_FIND_LINKS']) {
    assert.equal(run({ uv: made, pip: made }, {}, { [name]: 'x', UV_INDEX: '' }).started, ['pip'], name);
  }
  assert.equal(run({ uv: made, pip: made }, {}, { PIP_INDEX_URL: 'x' }).started, ['uv']);
  const home = temporaryFolder();
  writeTree(home, { '.config/pip/pip.conf': '' });
  assert.equal(run({ uv: made, pip: made }, {}, { HOME: home, UV_INDEX: '' }).started, ['pip']);
  const absent = run({ pip: made }, { installers: [['/no/such/uv'], ['{python}', '-c', 'pass']] });
  assert.equal([absent.status, absent.started], [0, []]);
});

test('where uv fails, pip begins anew in an empty folder and has the last word', () => {
  const half = 'echo > "$OUT/half.py"; mkdir "$OUT/.half"; exit 2';
  const mended = run({ uv: half, pip: made });
  assert.equal([mended.status, mended.started, mended.output], [0, ['uv', 'pip'], ['module.py']]);
  const failed = run({ uv: half, pip: 'echo pip says no >&2; exit 3' });
  assert.equal([failed.status, failed.started], [3, ['uv', 'pip']]);
  assert.match(failed.stderr, /pip says no\n$/);
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
  const scripts = [BYTECODE_SCRIPT_NAME, CONTAINER_SCRIPT_NAME];
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

test.run();
