import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { newName } from '../../src/exec/files/temporary';
import { sha256 } from '../../src/plan/values/hash';
import { openIndex } from '../support/open-index';
import { cached, environmentWith, findPython, runTool } from '../support/python-tools';
import { temporaryFolder, writeTree } from '../support/temporary';
import { wheelFolder } from '../support/wheel';
import { cli, commandOf } from './support/command';
import { packages, project, read, succeeds } from './support/lock-projects';

const test = suite('lock: what lies on this machine');

const WHEEL = 'corp-1-py3-none-any.whl';
const wheelOf = (text: string): string => path.join(wheelFolder('corp', { 'corp.py': text }), WHEEL);

const hashOf = (file: string): string => sha256(fs.readFileSync(file));

test('a wheel of the project that has changed is seen, though its name and length are the same', async () => {
  const [one, two] = [wheelOf('WHOSE = "one"\n'), wheelOf('WHOSE = "two"\n')];
  const folder = project({ 'requirements.txt': `./wheels/${WHEEL}\n`, 'wheels/x': '' });
  const place = path.join(folder, 'wheels', WHEEL);
  for (const [wheel, ...args] of [[one], [two, '--upgrade'], [one]] as const) {
    fs.copyFileSync(wheel, place);
    fs.utimesSync(place, 0, 0);
    await succeeds(folder, 'lock', '.', '--runtime', '3.13', ...args);
    assert.match(read(folder), hashOf(wheel));
  }
});

test('a page of a local index that has changed is seen by --upgrade', async () => {
  const [one, two] = [wheelOf('WHOSE = "one"\n'), wheelOf('WHOSE = "two"\n')];
  const remote = [await openIndex(path.dirname(one)), await openIndex(path.dirname(two))];
  const index = temporaryFolder();
  const folder = project({ 'requirements.txt': 'corp\n' });
  const environment = {
    ...environmentWith({ uv: true }),
    PIP_FIND_LINKS: '',
    UV_DEFAULT_INDEX: pathToFileURL(index).href,
    UV_CACHE_DIR: temporaryFolder(),
  };
  try {
    for (const [at, wheel] of [one, two].entries()) {
      const page = `<a href="${remote[at]?.url ?? ''}/../files/${WHEEL}#sha256=${hashOf(wheel)}">${WHEEL}</a>`;
      writeTree(index, { 'corp/index.html': page });
      fs.utimesSync(path.join(index, 'corp/index.html'), 0, 0);
      const ended = await cli(['lock', '.', '--runtime', '3.13', '--upgrade'], { cwd: folder, environment });
      assert.is(ended.code, 0, ended.stderr);
      assert.match(read(folder), hashOf(wheel));
    }
  } finally {
    remote.forEach((each) => each.close());
  }
});

/** A name that this machine gave something of a process that has ended. */
const ofDeadProcess = (): string => newName('x').replace(String(process.pid), String(spawnSync('true').pid));

test('what a lock that was killed has left is removed by the next one, and nothing else', async () => {
  const folder = project({ 'requirements.txt': 'idna\n' });
  const [dead, alive] = [ofDeadProcess(), newName('x')];
  writeTree(folder, {
    [`.cdk-lambda-python/${dead}/pylock.toml`]: 'half',
    [`.cdk-lambda-python/${alive}/pylock.toml`]: 'half',
    'pylock.toml.7.tmp': 'of the user',
  });
  await succeeds(folder, 'lock', '.', '--runtime', '3.13');
  assert.equal(fs.readdirSync(path.join(folder, '.cdk-lambda-python')), [alive]);
  fs.rmSync(path.join(folder, '.cdk-lambda-python'), { recursive: true });
  await succeeds(folder, 'lock', '.', '--runtime', '3.13', '--upgrade');
  assert.equal(fs.readdirSync(folder).sort(), [
    'index.py',
    'pylock.toml',
    'pylock.toml.7.tmp',
    'requirements.txt',
  ]);
});

test('a lock that is killed while uv works leaves nothing once another has run', async () => {
  const folder = project({ 'requirements.txt': 'idna\n' });
  const temporaries = temporaryFolder();
  const tools = temporaryFolder();
  writeTree(tools, {
    uv: '#!/bin/sh\n[ "$1" = --version ] && echo uv 0.13.9 || { touch "$TMPDIR/started"; sleep 60; }\n',
  });
  fs.chmodSync(path.join(tools, 'uv'), 0o755);
  const environment: NodeJS.ProcessEnv = { ...environmentWith({ uv: true }), TMPDIR: temporaries };
  const [program = '', ...argv] = commandOf(['lock', '.', '--runtime', '3.13']);
  const child = spawn(program, argv, {
    cwd: folder,
    env: { ...environment, PATH: `${tools}:${environment['PATH'] ?? ''}` },
    stdio: 'ignore',
  });
  const started = path.join(temporaries, 'started');
  while (!fs.existsSync(started)) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGKILL');
  await once(child, 'exit');
  fs.rmSync(started);
  const left = (): readonly string[] =>
    fs
      .readdirSync(temporaries, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('pyproject.toml'));
  assert.is(left().length, 1);
  const ended = await cli(['lock', '.', '--runtime', '3.13'], { cwd: folder, environment });
  assert.is(ended.code, 0, ended.stderr);
  assert.equal(left(), []);
});

test('an `uv.py` beside the declaration is not run in the place of uv', async () => {
  const python = findPython('3.10');
  if (python === undefined) return;
  const venv = cached('lock-uv-3.10', (target) => {
    runTool(python, ['-I', '-m', 'venv', target]);
    runTool(path.join(target, 'bin/python3'), ['-I', '-m', 'pip', 'install', '--quiet', 'uv==0.13.9']);
  });
  const tools = temporaryFolder();
  writeTree(tools, { python3: `#!/bin/sh\nexec '${venv}/bin/python3' "$@"\n` });
  fs.chmodSync(path.join(tools, 'python3'), 0o755);
  const witness = path.join(temporaryFolder(), 'ran');
  const folder = project({
    'requirements.txt': 'idna<3.5\n',
    'uv.py': `open(${JSON.stringify(witness)}, 'a').write(__name__)\n`,
  });
  const bare = environmentWith({});
  const environment = { ...bare, PATH: `${tools}:${bare['PATH'] ?? ''}` };
  const ended = await cli(['lock', '.', '--runtime', '3.13'], { cwd: folder, environment });
  assert.not.ok(fs.existsSync(witness));
  assert.is(ended.code, 0, ended.stderr);
  assert.equal(packages(read(folder)), ['idna 3.4']);
});

test.run();
