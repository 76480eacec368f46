import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ExecutionError } from '../../../src/exec/errors/execution-error';
import { showExecutionError } from '../../../src/exec/errors/execution-error';
import { gatherInputs } from '../../../src/exec/install/gather-inputs';
import { hostInstaller } from '../../../src/exec/host/host-install';
import { moduleLauncher } from '../../../src/exec/scripts/isolated-python';
import { pipLauncher } from '../../../src/exec/scripts/pip-programs';
import type { Command } from '../../../src/exec/process/shell';
import { withPlainCheckouts } from '../../../src/plan/variables/git-settings';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';
import { DEFAULT_DEPENDENCIES } from '../../../src/plan/request/bundle-request';
import { temporaryFolder } from '../../support/temporary';
import { planWith } from '../support/plans';
import { runFolders } from '../support/requests';
import type { Answer, RecordingShell } from '../support/recording-shell';
import { NOT_THERE, recordingShell } from '../support/recording-shell';

const test = suite('host install: its commands');

const plan = planWith('six\n', { runtime: { prop: '3.13' }, architecture: 'arm64' });

/** Installs a plan with a recording shell; the folders of the commands become `{input}` and `{output}`. */
const install = async (
  answer: (command: Command, index: number) => Answer,
  target: BundlePlan = plan,
): Promise<{
  readonly shell: RecordingShell;
  readonly argvs: readonly (readonly string[])[];
  readonly result: unknown;
}> => {
  const folder = temporaryFolder();
  const folders = runFolders(folder);
  if (target.install === null) throw new Error('nothing to install');
  await gatherInputs(target.install, folders.input);
  await gatherInputs(target.install, folders.output);
  const shell = recordingShell(answer);
  const result = await hostInstaller(shell.shell)({
    plan: target,
    install: target.install,
    folders,
    environment: {},
  });
  const argvs = shell.commands.map(({ argv, cwd = '', environment = {} }) => {
    // What builds has folders of its own, and a module that hides variables.
    const room = path.dirname(cwd);
    assert.is(cwd === folders.input, environment['PYTHONPATH'] === undefined);
    if (/^python/.test(argv[0] ?? '')) assert.is(argv[1], '-I');
    return argv.map((argument) =>
      argument.replace(folders.output, '{output}').replace(path.join(room, 'output'), '{output}'),
    );
  });
  return { shell, argvs, result: E.isLeft(result) ? result.left : result.right };
};

const UV = [
  'uv',
  'pip',
  'install',
  '--target',
  '{output}',
  '--python-version',
  '3.13',
  '--python-platform',
  'aarch64-manylinux_2_34',
  '--only-binary',
  ':all:',
  '--no-config',
  '--verify-hashes',
  '--no-installer-metadata',
  '--link-mode',
  'hardlink',
  '--requirement',
  'requirements.txt',
];

const version = (text: string): Answer => ({ stdout: text });
const lacks = (...names: readonly string[]): Answer => ({
  exitCode: 1,
  output: names
    .map((name) => `hint: Wheels are required for \`${name}\` because building from source is disabled\n`)
    .join(''),
});

/** The variables of an installer, but for the folder of its temporaries, which is one of the run's own. */
const withoutPlaces = ({ TMPDIR, TEMP, TMP, ...others }: Readonly<Record<string, string>> = {}): Readonly<
  Record<string, string>
> => {
  assert.match(TMPDIR ?? '', /output\.tmp$/);
  assert.equal([TEMP, TMP], [TMPDIR, TMPDIR]);
  return others;
};

test('uv, with the compilers switched off', async () => {
  const { shell, argvs, result } = await install((_, index) =>
    index === 0 ? version('uv 0.13.9 (abc 2026-01-01)\n') : {},
  );
  assert.equal(argvs, [['uv', '--version'], UV]);
  assert.equal(withoutPlaces(shell.commands[1]?.environment), {
    CC: 'false',
    CXX: 'false',
    RUSTC: 'false',
    ...withPlainCheckouts({}, process.platform),
    UV_SYSTEM_PYTHON: '1',
    PIP_CONFIG_FILE: '/dev/null',
  });
  const installer = { name: 'uv', version: '0.13.9' };
  assert.equal(result, { by: 'host', tool: 'uv 0.13.9', installer, output: '', linked: true });
});

test('uv: what has no wheel is allowed to be built, name by name', async () => {
  const answers = [version('uv 0.9.16'), lacks('docopt'), lacks('hdfs', 'docopt'), {}];
  const { argvs } = await install((_, index) => answers[index] ?? {});
  assert.equal(argvs.slice(1), [
    UV,
    [...UV, '--no-binary', 'docopt'],
    [...UV, '--no-binary', 'docopt', '--no-binary', 'hdfs'],
  ]);
});

test('uv: there is an end to it', async () => {
  const { argvs, result } = await install((_, index) =>
    index === 0 ? version('uv 1.0.0') : lacks(`p${index}`),
  );
  assert.is(argvs.length, 27);
  assert.is((result as { _tag: string; requirement: string })._tag, 'NeedsBuild');
  assert.is((result as { _tag: string; requirement: string }).requirement, 'p26');
});

test('uv: the same answer twice is the last', async () => {
  const { argvs, result } = await install((_, index) =>
    index === 0 ? version('uv 1.0.0') : lacks('docopt'),
  );
  assert.is(argvs.length, 3);
  assert.is((result as { _tag: string })._tag, 'InstallFailed');
});

test('uv as a module of python3, where it is no command', async () => {
  const { argvs } = await install(({ argv }) =>
    argv[0] === 'uv' ? NOT_THERE : argv.includes('--version') ? version('uv 0.10.0') : {},
  );
  assert.equal(argvs, [
    ['uv', '--version'],
    ['python3', '-I', '-c', moduleLauncher(), 'uv', '--version'],
    ['python3', '-I', '-c', moduleLauncher(), ...UV],
  ]);
});

const noUv =
  (pip: (command: Command) => Answer) =>
  (command: Command): Answer => {
    if (command.argv.includes('uv')) return NOT_THERE;
    return command.argv.includes('--version')
      ? version('pip 24.0 from /x/pip (python 3.11)\n')
      : pip(command);
  };

test('pip, started with the markers of the target and every manylinux tag', async () => {
  const { argvs, result, shell } = await install(noUv(() => ({})));
  assert.equal(argvs.slice(0, 4), [
    ['uv', '--version'],
    ['python3', '-I', '-c', moduleLauncher(), 'uv', '--version'],
    ['python', '-I', '-c', moduleLauncher(), 'uv', '--version'],
    ['python3', '-I', '-c', moduleLauncher(), 'pip', '--version'],
  ]);
  const [python, isolated, flag, launcher, markers, builds, ...rest] = argvs[4] ?? [];
  assert.equal([python, isolated, flag, launcher, builds], ['python3', '-I', '-c', pipLauncher(), '']);
  assert.equal(JSON.parse(markers ?? ''), {
    implementation_name: 'cpython',
    implementation_version: '3.13.0',
    os_name: 'posix',
    platform_machine: 'aarch64',
    platform_python_implementation: 'CPython',
    platform_release: '',
    platform_system: 'Linux',
    platform_version: '',
    python_full_version: '3.13.0',
    python_version: '3.13',
    sys_platform: 'linux',
  });
  const minors = Array.from({ length: 18 }, (_, index) => 34 - index);
  assert.equal(rest, [
    'install',
    '--disable-pip-version-check',
    '--no-input',
    '--no-compile',
    '--target',
    '{output}',
    '--python-version',
    '3.13',
    '--implementation',
    'cp',
    ...minors.flatMap((minor) => ['--platform', `manylinux_2_${minor}_aarch64`]),
    '--platform',
    'manylinux2014_aarch64',
    '--only-binary',
    ':all:',
    '--requirement',
    'requirements.txt',
    '--use-pep517',
  ]);
  assert.equal(withoutPlaces(shell.commands[4]?.environment), {
    CC: 'false',
    CXX: 'false',
    RUSTC: 'false',
    ...withPlainCheckouts({}, process.platform),
    PIP_CONFIG_FILE: '/dev/null',
  });
  const installer = { name: 'pip', version: '24.0.0' };
  assert.equal(result, { by: 'host', tool: 'pip 24.0.0', installer, output: '' });
});

test('pip: what has no wheel is allowed to be built, by its name alone', async () => {
  let asked = 0;
  const { argvs } = await install(
    noUv(() => {
      asked++;
      return asked === 1
        ? { exitCode: 1, output: 'ERROR: No matching distribution found for docopt==0.6.2\n' }
        : {};
    }),
  );
  assert.equal(argvs.at(-1)?.slice(-3), ['--use-pep517', '--no-binary', 'docopt']);
  assert.is(asked, 2);
});

test('pip: what cannot be built is named as the requirement has it', async () => {
  let asked = 0;
  const { result } = await install(
    noUv(() => {
      asked++;
      return {
        exitCode: 1,
        output:
          asked === 1
            ? 'ERROR: No matching distribution found for psutil==5.0.0\n'
            : 'ERROR: Failed building wheel for psutil\n',
      };
    }),
  );
  const said = result as unknown as Readonly<Record<string, string>>;
  assert.equal(
    [said['_tag'], said['requirement'], said['output'], path.basename(said['declaration'] ?? '')],
    ['BuildFailed', 'psutil==5.0.0', 'ERROR: Failed building wheel for psutil', 'requirements.txt'],
  );
});

test('with a date, the pip that it needs is named', async () => {
  const dated = { dependencies: { ...DEFAULT_DEPENDENCIES, resolvedAsOf: '2026-01-01' } };
  const { result } = await install(
    ({ argv }) => (argv[4] === 'pip' ? version('pip 25.3 from /x (python 3.13)') : NOT_THERE),
    planWith('six\n', dated),
  );
  assert.is(
    showExecutionError(result as ExecutionError),
    'Nothing on this machine can install the requirements. Looked for: uv (not found); python3 -m uv (not found); python -m uv (not found); python3 -m pip (25.3.0, older than 26.0.0); python -m pip (25.3.0, older than 26.0.0). Install uv (https://docs.astral.sh/uv/) 0.9.16 or newer, or pip 26.0 or newer (for `dependencies.resolvedAsOf`), or start Docker and set `bundling.executor` to "docker".',
  );
});

test('what is missing or too old is told, each as it was tried', async () => {
  const { result } = await install(({ argv }) => {
    if (argv[0] === 'uv') return version('uv 0.9.15');
    if (argv[0] === 'python3' && argv[4] === 'pip') return version('pip 22.3.1 from /x (python 3.8)');
    if (argv[0] === 'python' && argv[4] === 'pip') return { exitCode: 1, output: 'No module named pip' };
    return NOT_THERE;
  });
  assert.equal(result, {
    _tag: 'NoInstaller',
    tried: [
      'uv (0.9.15, older than 0.9.16)',
      'python3 -m uv (not found)',
      'python -m uv (not found)',
      'python3 -m pip (22.3.1, older than 23.0.0)',
      'python -m pip (not found)',
    ],
    pip: '23.0.0',
  });
});

test('an installer that is killed, and one that finds the disk full', async () => {
  const ended = (answer: Answer) => install((_, index) => (index === 0 ? version('uv 1.0.0') : answer));
  assert.equal((await ended({ exitCode: null, signal: 'SIGKILL', output: 'Resolved 1 package\n' })).result, {
    _tag: 'InstallFailed',
    tool: 'uv 1.0.0',
    exit: 'signal SIGKILL',
    output: 'Resolved 1 package',
  });
  const full = await ended({
    exitCode: 2,
    output: 'failed to write `/x`: No space left on device (os error 28)',
  });
  assert.is((full.result as { _tag: string })._tag, 'DiskFull');
});

test.run();
