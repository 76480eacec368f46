import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withPlainCheckouts } from '../../../src/plan/variables/git-settings';
import { showExecutionError } from '../../../src/exec/errors/execution-error';
import { hostInstaller } from '../../../src/exec/host/host-install';
import type { Command } from '../../../src/exec/process/shell';
import { liveShell } from '../../../src/exec/process/shell';
import type { SdistPolicy } from '../../../src/plan/request/bundle-request';
import { environmentWith } from '../../support/python-tools';
import { temporaryFolder } from '../../support/temporary';
import { planWith } from '../support/plans';
import type { Answer } from '../support/recording-shell';
import { NOT_THERE, recordingShell } from '../support/recording-shell';
import { runFolders } from '../support/requests';

const test = suite('host install: what may be built, and with what');

const TARGET = 'Python 3.12 on x86_64 (glibc 2.34)';
const OWN = { PATH: '/bin', HOME: '/home/me', AWS_SECRET_ACCESS_KEY: 's3cret', TOKEN: 't0ken' };

/** Installs with a tool that gives these answers, and looks at what it was started with. */
const install = async (
  tool: 'uv' | 'pip',
  sdist: SdistPolicy,
  answers: readonly Answer[],
  requirements = 'docopt==0.6.2 # ${TOKEN}\n--index-url https://${TOKEN}@h/simple\n',
  tree: Readonly<Record<string, string>> = {},
) => {
  const runtime = { prop: 'python3.12' };
  const plan = planWith(requirements, { executor: 'auto', sdist, runtime }, tree);
  if (plan.install === null) throw new Error('nothing to install');
  const folders = runFolders(temporaryFolder());
  fs.mkdirSync(folders.output, { recursive: true });
  const runs: Command[] = [];
  const seen: string[] = [];
  fs.mkdirSync(folders.input, { recursive: true });
  fs.writeFileSync(path.join(folders.input, 'requirements.txt'), requirements);
  const { shell } = recordingShell((command) => {
    const { argv } = command;
    if (tool === 'pip' && argv.includes('uv')) return NOT_THERE;
    if (argv.includes('--version')) return { stdout: tool === 'uv' ? 'uv 0.13.9' : 'pip 25.0' };
    runs.push(command);
    const build = command.environment?.['PYTHONPATH'];
    if (build !== undefined) seen.push(fs.readFileSync(path.join(build, 'environment.json'), 'utf8'));
    return answers[runs.length - 1] ?? {};
  });
  const task = { plan, install: plan.install, folders, environment: {} };
  const result = await hostInstaller(shell, OWN)(task);
  return { plan, folders, runs, seen, result: E.isLeft(result) ? result.left : result.right };
};

const NO_WHEEL = {
  uv: { exitCode: 1, output: 'Wheels are required for `docopt` because …\n' },
  pip: { exitCode: 1, output: 'ERROR: No matching distribution found for docopt==0.6.2\n' },
};
const REFUSED = { exitCode: 1, output: 'ERROR: cdk-lambda-python: must be built: docopt==0.6.2\n' };

for (const tool of ['uv', 'pip'] as const) {
  test(`${tool}: wheels with all that this machine has, and builds with less`, async () => {
    const { runs, folders, seen } = await install(tool, 'host', [NO_WHEEL[tool]]);
    const [wheels, builds] = runs;
    assert.equal([runs.length, wheels?.bare, builds?.bare], [2, true, true]);
    const { PYTHONPATH, TMPDIR, TEMP, TMP, ...environment } = builds?.environment ?? {};
    const room = path.dirname(TMPDIR ?? '');
    assert.equal([TMPDIR, TEMP, TMP], Array(3).fill(path.join(room, 'tmp')));
    assert.is(path.relative(folders.output, room).startsWith('..'), true, 'outside the store');
    assert.is(fs.existsSync(room), false, 'it is removed');
    assert.equal(environment, {
      PATH: '/bin',
      HOME: '/home/me',
      TOKEN: 't0ken',
      CC: 'false',
      CXX: 'false',
      RUSTC: 'false',
      UV_CACHE_DIR: path.join(room, 'cache/uv'),
      PIP_CACHE_DIR: path.join(room, 'cache/pip'),
      ...withPlainCheckouts({ TZ: 'UTC', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' }, process.platform),
      ...(tool === 'uv' ? { UV_SYSTEM_PYTHON: '1' } : {}),
      PIP_CONFIG_FILE: '/dev/null',
      GIT_CEILING_DIRECTORIES: room,
    });
    assert.is(PYTHONPATH, path.join(room, 'build'));
    // pip starts Git with what builds see.
    const git = Object.keys(withPlainCheckouts({}, process.platform));
    assert.equal(
      seen.map((file) => Object.keys(JSON.parse(file) as object).sort()).at(-1),
      [
        ...git,
        'CC',
        'CXX',
        'GIT_CEILING_DIRECTORIES',
        'HOME',
        'LANG',
        'LC_ALL',
        'PATH',
        'RUSTC',
        'TEMP',
        'TMP',
        'TMPDIR',
        'TZ',
        'USERPROFILE',
      ].sort(),
    );
    assert.equal(builds?.argv.slice(-2), ['--no-binary', 'docopt']);
  });

  test(`${tool}: where nothing may be built, no build is begun, and the line is told`, async () => {
    const answers = tool === 'uv' ? [NO_WHEEL.uv] : [NO_WHEEL.pip, REFUSED];
    const { plan, runs, result } = await install(tool, 'forbid', answers);
    assert.equal(
      runs.map(({ environment = {} }) => 'PYTHONPATH' in environment),
      answers.map(() => false),
    );
    const requirement = tool === 'uv' ? 'docopt' : 'docopt==0.6.2';
    const declaration = path.join(plan.entry.root, 'requirements.txt:1');
    const error = { _tag: 'SdistForbidden', requirement, declaration, target: TARGET } as const;
    assert.equal(result, error);
    assert.is(
      showExecutionError(error),
      `The requirement ${requirement} has no wheel for ${TARGET}, and \`bundling.sdist\` is "forbid". It is required by ${declaration}, directly or indirectly. Require a version that has a wheel, build a wheel of it yourself and require that file, or set \`bundling.sdist\` (or the context key cdk-lambda-python:sdist, if that sets it) to "docker".`,
    );
  });

  test(`${tool}: where a container builds, it is asked at once`, async () => {
    const answers = tool === 'uv' ? [NO_WHEEL.uv] : [NO_WHEEL.pip, REFUSED];
    const { runs, result } = await install(tool, 'docker', answers);
    assert.equal([runs.length, (result as { _tag: string })._tag], [answers.length, 'NeedsBuild']);
  });

  test(`${tool}: a local package needs no run that finds out`, async () => {
    const tree = { 'lib/pyproject.toml': '[project]\nname = "lib"\nversion = "1"\n' };
    const { runs } = await install(tool, 'host', [], './lib\n', tree);
    assert.equal(
      runs.map(({ bare }) => bare),
      [true],
    );
  });
}

test('uv: a line that asks for a build is one, whatever uv is told of wheels', async () => {
  const line = 'docopt==0.6.2\n--no-binary docopt\n';
  const allowed = await install('uv', 'host', [], line);
  assert.equal(
    allowed.runs.map(({ bare }) => bare),
    [true],
  );
  for (const [sdist, tag] of [
    ['forbid', 'SdistForbidden'],
    ['docker', 'NeedsBuild'],
  ] as const) {
    const { runs, result } = await install('uv', sdist, [], line);
    assert.equal([runs, (result as { _tag: string })._tag], [[], tag]);
  }
});

test('pip: what no index has is told as such, whatever may be built', async () => {
  for (const sdist of ['forbid', 'docker', 'host'] as const) {
    const { result } = await install('pip', sdist, [NO_WHEEL.pip, NO_WHEEL.pip]);
    assert.is((result as { _tag: string })._tag, 'NoSuchVersion', sdist);
  }
});

test('a bare command sees its own variables and no others', async () => {
  const shell = liveShell({ ...environmentWith({}), SECRET: 's3cret' });
  const environment = { PATH: environmentWith({}).PATH ?? '', MINE: '1' };
  const { stdout } = await shell({ argv: ['env'], environment, bare: true })();
  assert.not.match(stdout, 's3cret');
  assert.match(stdout, /^MINE=1$/m);
  assert.match((await shell({ argv: ['env'], environment })()).stdout, 's3cret');
});

test.run();
