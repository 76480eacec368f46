import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hostInstaller } from '../../../src/exec/host/host-install';
import type { Shell } from '../../../src/exec/process/shell';
import { liveShell } from '../../../src/exec/process/shell';
import { withPlainCheckouts } from '../../../src/plan/variables/git-settings';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';
import { hostInstall } from '../../../src/plan/install/installer-argv';
import type { InstallPlan } from '../../../src/plan/model/install-plan';
import { findRuntime } from '../../../src/plan/target/python-runtime';
import { environmentWith, hostPython } from '../../support/python-tools';
import { listTree, temporaryFolder, writeTree } from '../../support/temporary';
import { planWith } from '../support/plans';
import { runFolders } from '../support/requests';
import type { Answer } from '../support/recording-shell';
import { NOT_THERE, recordingShell } from '../support/recording-shell';

const test = suite('host install: several runs');

const FILES = ['a.txt', 'b.txt', 'c.txt'];
const plan = planWith('six\n', { runtime: { prop: '3.11' } });

/** The install of the plan, for these requirements files. */
const installOf = ({ install }: BundlePlan, requirements: readonly string[]): InstallPlan => {
  const runtime = findRuntime('3.11');
  if (install === null || runtime === undefined) throw new Error('nothing to install');
  const what = { requirements, isLocked: true, localPackages: [] };
  return { ...install, ...what, host: hostInstall(runtime, 'x86_64', what) };
};

const valueOf = (argv: readonly string[], option: string): string => argv[argv.indexOf(option) + 1] ?? '';

/** The output of a build, which is outside the store. */
const ROOM = /^.*-builds-[^/]*\/[^/]*\/output/;

/** Installs with a shell, from a folder with these files; the output's files, and what came of it. */
const install = async (
  shell: Shell,
  requirements: readonly string[] = FILES,
  fill: (input: string, output: string) => void = () => undefined,
  own: NodeJS.ProcessEnv = {},
) => {
  const folders = runFolders(temporaryFolder());
  fs.mkdirSync(folders.input);
  fs.mkdirSync(folders.output);
  fill(folders.input, folders.output);
  const result = await hostInstaller(
    shell,
    own,
  )({
    plan,
    install: installOf(plan, requirements),
    folders,
    environment: {},
  });
  const files = listTree(folders.output).map((file) => file.path);
  return { folders, files, result: E.isLeft(result) ? result.left : result.right };
};

/** A pip that leaves a file of a namespace package in its folder, as a test has it for each run. */
const pipThat = (answer: (file: string, attempt: number, folder: string) => Answer) => {
  const asked: string[] = [];
  return recordingShell(({ argv }) => {
    if (argv.includes('uv')) return NOT_THERE;
    if (argv.includes('--version')) return { stdout: 'pip 24.0 from /x/pip (python 3.11)\n' };
    const [folder, file] = [valueOf(argv, '--target'), valueOf(argv, '--requirement')];
    asked.push(file);
    const given = answer(file, asked.filter((other) => other === file).length, folder);
    if ((given.exitCode ?? 0) === 0) writeTree(folder, { [`ns/${file}`]: '' });
    return given;
  });
};

const targets = ({ commands }: ReturnType<typeof pipThat>, output: string): readonly string[] =>
  commands
    .map(({ argv }) => argv)
    .filter((argv) => argv.includes('--target'))
    .map(
      (argv) =>
        `${valueOf(argv, '--requirement')} to ${valueOf(argv, '--target').replace(output, '{output}').replace(ROOM, '{output}')}`,
    );

test('one after the other, each but the first into a folder of its own, and all into one', async () => {
  const found: (readonly string[])[] = [];
  const pip = pipThat((file, _, folder) => {
    found.push(fs.readdirSync(folder));
    return { output: `installed ${file}\n` };
  });
  const { folders, files, result } = await install(pip.shell);
  assert.equal(targets(pip, folders.output), [
    'a.txt to {output}',
    'b.txt to {output}.next',
    'c.txt to {output}.next',
  ]);
  assert.equal(found, [[], [], []]);
  assert.equal(files, ['ns/a.txt', 'ns/b.txt', 'ns/c.txt']);
  assert.equal(result, {
    by: 'host',
    tool: 'pip 24.0.0',
    installer: { name: 'pip', version: '24.0.0' },
    output: 'installed a.txt\n\ninstalled b.txt\n\ninstalled c.txt\n',
  });
  assert.not.ok(fs.existsSync(`${folders.output}.next`));
});

test('each has the arguments, the folder and the environment of the first', async () => {
  const pip = pipThat(() => ({}));
  const { folders } = await install(pip.shell, ['a.txt', 'b.txt']);
  const [first, second] = pip.commands.filter(({ argv }) => argv.includes('--target'));
  assert.equal(
    second?.argv.map((argument) => (argument === 'b.txt' ? 'a.txt' : argument.replace(/\.next$/, ''))),
    first?.argv,
  );
  assert.equal([first?.cwd, second?.cwd], [folders.input, folders.input]);
  const temporary = `${folders.output}.tmp`;
  assert.equal(first?.environment, {
    ...{ CC: 'false', CXX: 'false', RUSTC: 'false' },
    ...{ TMPDIR: temporary, TEMP: temporary, TMP: temporary },
    ...withPlainCheckouts({}, process.platform),
    PIP_CONFIG_FILE: '/dev/null',
  });
  assert.equal(second?.environment, first?.environment);
  assert.is(first?.argv.at(-1), '--use-pep517');
});

test('the first that fails ends it, and all that was said is told', async () => {
  const pip = pipThat((file) =>
    file === 'b.txt' ? { exitCode: 3, output: 'no b\n' } : { output: `installed ${file}\n` },
  );
  const { folders, result } = await install(pip.shell);
  assert.equal(targets(pip, folders.output), ['a.txt to {output}', 'b.txt to {output}.next']);
  assert.equal(result, {
    _tag: 'InstallFailed',
    tool: 'pip 24.0.0',
    exit: 'exit code 3',
    output: 'installed a.txt\nno b',
  });
  const none = pipThat(() => ({ exitCode: 1, output: 'no a\n' }));
  const failed = await install(none.shell);
  assert.equal(targets(none, failed.folders.output), ['a.txt to {output}']);
  assert.equal(failed.files, []);
});

test('where one lacks a wheel all begin anew, and what a failed one has left is not installed', async () => {
  const pip = pipThat((file, attempt, folder) => {
    if (file !== 'b.txt' || attempt > 2) return {};
    writeTree(folder, { 'ns/half': '' });
    return { exitCode: 1, output: 'ERROR: No matching distribution found for docopt==0.6.2\n' };
  });
  const { folders, files, result } = await install(pip.shell);
  assert.equal(targets(pip, folders.output), [
    'a.txt to {output}',
    'b.txt to {output}.next',
    // Wheels for a newer C library.
    'a.txt to {output}',
    'b.txt to {output}.next',
    'a.txt to {output}',
    'b.txt to {output}.next',
    'c.txt to {output}.next',
  ]);
  assert.equal(pip.commands.at(-1)?.argv.slice(-3), ['--use-pep517', '--no-binary', 'docopt']);
  assert.equal(files, ['ns/a.txt', 'ns/b.txt', 'ns/c.txt']);
  assert.is((result as { by?: string }).by, 'host');
});

test('one that installs nothing is no failure', async () => {
  const shell = pipThat(() => ({})).shell;
  const silent: Shell = (command) =>
    command.argv.includes('b.txt')
      ? () => Promise.resolve({ exitCode: 0, signal: null, stdout: '', output: '' })
      : shell(command);
  const { files } = await install(silent);
  assert.equal(files, ['ns/a.txt', 'ns/c.txt']);
});

/** A wheel with these files, in a folder; the names of its metadata are those of a wheel built anywhere. */
const makeWheel = (folder: string, name: string, files: Readonly<Record<string, string>>): void => {
  const info = `${name}-1.dist-info`;
  const all = {
    ...files,
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: 1\n`,
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    [`${info}/RECORD`]: [...Object.keys(files), `${info}/METADATA`, `${info}/WHEEL`, `${info}/RECORD`]
      .map((file) => `${file},,\n`)
      .join(''),
  };
  const script =
    'import json, sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], "w") as z:\n    for n, t in json.loads(sys.argv[2]).items(): z.writestr(n, t)';
  const wheel = path.join(folder, `${name}-1-py3-none-any.whl`);
  execFileSync(hostPython(), ['-I', '-c', script, wheel, JSON.stringify(all)]);
};

for (const tool of ['uv', 'pip'] as const) {
  test(`${tool}: packages of one namespace that different files ask for lie in one folder`, async () => {
    const own = environmentWith({ [tool]: true });
    const fill = (input: string): void => {
      makeWheel(input, 'ns_a', { 'ns/sub/a.py': 'A = 1\n', 'ns/shared.py': '' });
      makeWheel(input, 'ns_b', { 'ns/sub/b.py': 'B = 1\n', 'b.py': '' });
      writeTree(input, { 'a.txt': './ns_a-1-py3-none-any.whl\n', 'b.txt': './ns_b-1-py3-none-any.whl\n' });
    };
    const { files, result } = await install(liveShell(own), ['a.txt', 'b.txt'], fill, own);
    assert.match(JSON.stringify(result), new RegExp(`"tool":"${tool} `));
    assert.equal(
      files.filter((file) => !file.includes('.dist-info/') && file !== '.lock'),
      ['b.py', 'ns/shared.py', 'ns/sub/a.py', 'ns/sub/b.py'],
    );
    assert.equal(
      files.filter((file) => file.endsWith('/METADATA')),
      ['ns_a-1.dist-info/METADATA', 'ns_b-1.dist-info/METADATA'],
    );
  });
}

test.run();
