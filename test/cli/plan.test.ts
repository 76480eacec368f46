import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isLeft, isRight } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decodePlan } from '../../src/plan/decode/decode-plan';
import { environmentWith } from '../support/python-tools';
import { listTree } from '../support/temporary';
import { folderOf, HANDLER } from '../exec/support/requests';
import { cli } from './support/command';

const test = suite('cli: plan');

const nothing = environmentWith({});

test('text for people: what, from what, by which commands, where to, under which hash', async () => {
  const cwd = folderOf({ 'fn/main.py': HANDLER, 'fn/data.txt': '', 'fn/requirements.txt': 'six\n' });
  const before = listTree(cwd);
  const { code, stdout, stderr } = await cli(
    ['plan', 'fn/main.py', '--runtime', '3.13', '--arch', 'arm64', '--handler', 'lambda_handler'],
    { cwd, environment: nothing },
  );
  assert.is(code, 0);
  assert.is(stderr, '');
  for (const line of [
    /^function +fn\/main\.py$/m,
    new RegExp(`^entry +${cwd}/fn/main\\.py$`, 'm'),
    /^handler +main\.lambda_handler$/m,
    /^runtime +python3\.13 on arm64, glibc 2\.34 \(from: prop\)$/m,
    /^image +public\.ecr\.aws\/sam\/build-python3\.13$/m,
    /^ {2}uv +pip install --target \{output\} .*--python-platform aarch64-manylinux_2_34/m,
    /^ {2}docker +run --rm --platform linux\/arm64 /m,
    new RegExp(`^output +${cwd}/cdk\\.out/asset\\.[0-9a-f]{64}\\.zip$`, 'm'),
    /^asset hash +[0-9a-f]{64}$/m,
  ]) {
    assert.match(stdout, line);
  }
  assert.equal(listTree(cwd), before, 'nothing is changed');
});

test('JSON that is a plan, with the warnings beside it', async () => {
  const cwd = folderOf({ 'main.py': 'def other(event, context): ...\n' });
  const { code, stdout, stderr } = await cli(['plan', 'main.py', '--json'], { cwd, environment: nothing });
  assert.is(code, 0);
  const decoded = decodePlan(JSON.parse(stdout));
  assert.ok(isRight(decoded), JSON.stringify(decoded));
  assert.match(
    stderr,
    /^warning: main\.py: No runtime was set, so the documented default python3\.7 is used/m,
  );
  assert.match(stderr, /^warning: main\.py: The handler "lambda_handler" is not defined .*: other\./m);
});

test('a folder, .python-version, what is left out', async () => {
  const cwd = folderOf({
    'fn/index.py': HANDLER,
    'fn/.python-version': '3.12.1\n',
    'fn/a.txt': '',
    'fn/b.txt': '',
    'fn/c.md': '',
  });
  const args = ['plan', '--json', '--exclude', '*.md', '--exclude', 'b.txt', 'fn'];
  const { stdout } = await cli(args, { cwd, environment: nothing });
  const plan = JSON.parse(stdout) as { runtime: { name: string }; sources: { path: string }[] };
  assert.is(plan.runtime.name, 'python3.12');
  assert.equal(
    plan.sources.map(({ path }) => path).filter((name) => name !== '.python-version'),
    ['a.txt', 'index.py'],
  );
});

test('all that is wrong, at once, without a stack trace', async () => {
  const cwd = folderOf({ 'main.py': HANDLER, 'requirements.txt': '-r gone.txt\n' });
  fs.symlinkSync('nowhere', path.join(cwd, 'broken'));
  const { code, stdout, stderr } = await cli(['plan', 'main.py', '--runtime', '2.7'], {
    cwd,
    environment: nothing,
  });
  assert.is(code, 1);
  assert.is(stdout, '');
  const lines = stderr.trim().split('\n');
  assert.is(lines.length, 3, stderr);
  assert.ok(lines.every((line) => line.startsWith('error: main.py: ')));
  assert.match(stderr, /broken is a symbolic link to nowhere, which does not exist/);
  assert.match(stderr, /requirements\.txt:1 includes .*gone\.txt, which does not exist/);
  assert.match(stderr, /"2\.7" \(from .*\) is not a Python runtime of Lambda\. Use one of: python3\.8, /);
  assert.not.match(stderr, /^\s+at /m);
});

test('a file that is not there, and arguments that are none', async () => {
  const cwd = folderOf({ 'main.py': HANDLER });
  const missing = await cli(['plan', 'gone.py'], { cwd, environment: nothing });
  assert.is(missing.code, 1);
  assert.match(
    missing.stderr,
    new RegExp(`^error: gone\\.py: The entry does not exist\\. Looked for:\n {2}- ${cwd}/gone\\.py\n`),
  );
  for (const args of [
    ['plan'],
    ['plan', 'main.py', '--arch', 'mips'],
    ['plan', 'main.py', '--nope'],
    ['nope'],
  ]) {
    const { code, stdout, stderr } = await cli(args, { cwd, environment: nothing });
    assert.is(code, 1, args.join(' '));
    assert.is(stdout, '');
    assert.match(stderr, /^error: /);
    assert.not.match(stderr, /^\s+at /m);
  }
});

test('awkward names: white space, quotes, a command, a dash, letters of other languages', async () => {
  const names = [
    'it\'s a "test".py',
    '$(touch pwned).py',
    '-v.py',
    '--json.py',
    'größe-日本.py',
    'a`touch pwned`.py',
    'stack.my fn.py',
  ];
  const cwd = folderOf(Object.fromEntries(names.map((name) => [name, HANDLER])));
  const answers = await Promise.all(
    names.map((name) =>
      cli(['plan', '--json', '--runtime', '3.13', '--', name], { cwd, environment: nothing }),
    ),
  );
  for (const [index, { code, stdout, stderr }] of answers.entries()) {
    assert.is(code, 0, stderr);
    const plan = JSON.parse(stdout) as { entry: { file: string }; handler: string };
    assert.is(plan.entry.file, path.join(cwd, names[index] ?? ''));
    assert.match(plan.handler, /^\S+\.lambda_handler$/);
  }
  assert.equal(fs.readdirSync(cwd).sort(), [...names].sort());
});

test('a reader that goes away ends it without a word', () => {
  const many = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`data/${index}.txt`, '']));
  const cwd = folderOf({ 'main.py': HANDLER, ...many });
  const node = [
    process.execPath,
    '--require',
    require.resolve('tsx/cjs'),
    require.resolve('../../src/cli/main'),
  ];
  const script = `"$@" plan main.py --runtime 3.13 --json | head -c 10`;
  const { stderr, stdout } = spawnSync('sh', ['-c', script, 'sh', ...node], { cwd, encoding: 'utf8' });
  assert.is(stdout.length, 10);
  assert.is(stderr, '');
});

test('what declares the dependencies, groups, extras, indexes and policies', async () => {
  const cwd = folderOf({
    'main.py': HANDLER,
    'requirements.txt': 'idna\n',
    'pyproject.toml':
      '[project]\nname = "a"\ndependencies = ["six"]\noptional-dependencies = { web = ["flask"] }\n[dependency-groups]\nprod = ["attrs"]\n',
  });
  const plan = async (...options: readonly string[]) => {
    const { stdout, stderr, code } = await cli(
      ['plan', 'main.py', '--runtime', '3.13', '--json', ...options],
      {
        cwd,
        environment: nothing,
      },
    );
    const read = stdout === '' ? undefined : decodePlan(JSON.parse(stdout));
    if (read !== undefined && isLeft(read)) throw new Error(JSON.stringify(read.left));
    return { plan: read?.right, stderr, code };
  };
  const chosen = await plan(
    ...['--from', 'pyproject.toml', '--group', 'prod', '--extra', 'web', '--omit', 'six'],
    ...['--index', 'https://${TOKEN}@i.example/simple', '--extra-index', 'https://e.example/simple'],
  );
  assert.is(
    chosen.plan?.install?.generated[0]?.text,
    '--index-url https://${TOKEN}@i.example/simple\n--extra-index-url https://e.example/simple\nsix\nattrs\nflask\n',
  );
  assert.equal(chosen.plan?.install?.leftOut, {
    omit: ['six'],
    requested: ['six', 'attrs', 'flask'],
    exclude: [],
  });
  assert.is((await plan('--from', 'none')).plan?.install, null);
  const refused = await plan('--require-hashes');
  assert.is(refused.code, 1);
  assert.match(
    refused.stderr,
    /^error: main\.py: `dependencies\.requireHashes` is set, but .*requirements\.txt has no hash for: idna\./m,
  );
  assert.is((await plan('--sdist', 'forbid')).plan?.install?.sdist, 'forbid');
  assert.is((await plan()).plan?.install?.sdist, 'host');
  assert.is((await plan('--installer', 'pip')).plan?.install?.installer, 'pip');
  assert.match(
    (await plan('--executor', 'host', '--sdist', 'docker')).stderr,
    /^error: main\.py: `bundling\.sdist` is "docker", but must be "host" or "forbid"/m,
  );
  assert.match((await plan()).stderr, /^warning: main\.py: .*pyproject\.toml declares dependencies as well/m);
});

test.run();
