import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { settledRuns } from '../../../src/exec/distributions/settle-clashes';
import type { CommandResult } from '../../../src/exec/process/shell';
import { temporaryFolder, writeTree } from '../../support/temporary';

const test = suite('settle clashes');

const DONE: CommandResult = { exitCode: 0, signal: null, stdout: '', output: '' };

/** The files of a distribution, each of which its RECORD lists with its hash. */
const distribution = (
  name: string,
  files: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => ({
  ...files,
  [`${name}-1.dist-info/METADATA`]: `Name: ${name}\nVersion: 1\n\n`,
  [`${name}-1.dist-info/RECORD`]: Object.entries(files)
    .map(([file, text]) => `${file},sha256=${createHash('sha256').update(text).digest('base64url')},\n`)
    .join(''),
});

/** What an installer leaves in the folder of each run, one after the other; what comes of it, and how it was started. */
const settled = async (
  tool: 'uv' | 'pip',
  left: readonly ((folder: string) => void)[],
  omitted: readonly string[] = [],
): Promise<{
  readonly result: CommandResult;
  readonly output: string;
  readonly started: readonly string[];
}> => {
  const output = path.join(temporaryFolder(), 'output');
  fs.mkdirSync(output);
  const started: string[] = [];
  const result = await settledRuns({ tool, runs: [['{output}']] }, output, omitted, (argv, variables) => {
    left[started.length]?.(argv[0] ?? '');
    const words = argv
      .slice(1)
      .map((word, at, all) => (all[at - 1] === '--excludes' ? fs.readFileSync(word, 'utf8') : word));
    started.push([...words, ...Object.entries(variables).map((pair) => pair.join('='))].join(' '));
    return Promise.resolve(DONE);
  });
  return { result, output, started };
};

const leaves =
  (...trees: readonly Readonly<Record<string, string>>[]) =>
  (folder: string): void =>
    trees.forEach((tree) => writeTree(folder, tree));

const [a, z] = [distribution('a', { 'x.py': 'a', 'a.py': '' }), distribution('z', { 'x.py': 'z' })];
const needsBoth = distribution('m', { 'm.py': '' });

test('where no file is of two, an installer is started once', async () => {
  for (const tool of ['uv', 'pip'] as const) {
    const { result, started } = await settled(tool, [leaves(distribution('a', { 'y.py': 'a' }), z)]);
    assert.equal(result, DONE);
    assert.equal(started, ['']);
  }
});

test('where the right file is there, an installer is started once', async () => {
  assert.equal((await settled('uv', [leaves(a, z)])).started, ['']);
  assert.equal((await settled('uv', [leaves(z, a)], ['Z'])).started, ['']);
});

test('what is left out gives way', async () => {
  const { started, output } = await settled('uv', [leaves(a, z), leaves(a)], ['Z']);
  assert.equal(started, ['', '--excludes z']);
  assert.is(fs.readFileSync(path.join(output, 'x.py'), 'utf8'), 'a');
});

test('a distribution that wins one file does not take another that it loses', async () => {
  const [first, second] = [
    distribution('a', { 'x.py': 'a' }),
    distribution('m', { 'x.py': 'm', 'y.py': 'm' }),
  ];
  const third = distribution('z', { 'y.py': 'z' });
  const { started, output } = await settled('uv', [leaves(second, first, third), leaves(second)]);
  assert.equal(started, ['', '--excludes a\nz']);
  assert.is(fs.readFileSync(path.join(output, 'x.py'), 'utf8'), 'm');
  assert.is(fs.readFileSync(path.join(output, 'y.py'), 'utf8'), 'z');
});

test('what only another one needs is asked for by its version, and must be what was there', async () => {
  const first = await settled('uv', [leaves(needsBoth, z, a), leaves(needsBoth), leaves(z)]);
  assert.equal(first.started, ['', '--excludes a', '--excludes a\nm z==1']);
  assert.equal(first.result, DONE);
  assert.is(fs.readFileSync(path.join(first.output, 'x.py'), 'utf8'), 'z');
  const stranger = distribution('z', { 'x.py': 'stranger', 'more.py': '' });
  const second = await settled('uv', [leaves(needsBoth, z, a), leaves(needsBoth), leaves(stranger)]);
  assert.is(second.result.exitCode, 1);
  assert.is(
    second.result.output,
    'error: x.py is a file of a-1 and z-1, and uv does not install z-1 without the others: ask for it by a line of its own, or leave one out with `dependencies.omit`',
  );
  assert.is(fs.readFileSync(path.join(second.output, 'x.py'), 'utf8'), 'a');
});

test('pip is asked to put one in place, once', async () => {
  const { started, output } = await settled('pip', [leaves(z, a), leaves(z)]);
  assert.equal(started, ['', 'CDK_LAMBDA_PYTHON_ALONE=z']);
  assert.is(fs.readFileSync(path.join(output, 'x.py'), 'utf8'), 'z');
});

test('nothing else is taken of the second run, and a folder that a build has made a link leads nowhere', async () => {
  const { output } = await settled('uv', [
    leaves(z, a, needsBoth),
    leaves(z, { 'm.py': 'changed', 'n.py': '' }),
  ]);
  assert.is(fs.readFileSync(path.join(output, 'm.py'), 'utf8'), '');
  assert.not.ok(fs.existsSync(path.join(output, 'n.py')));
  const elsewhere = temporaryFolder();
  writeTree(elsewhere, { 'x.py': 'mine' });
  const [inA, inZ] = [distribution('a', { 'in/x.py': 'a' }), distribution('z', { 'in/x.py': 'z' })];
  const linked = (folder: string): void => {
    leaves(inZ, inA)(folder);
    fs.rmSync(path.join(folder, 'in'), { recursive: true });
    fs.symlinkSync(elsewhere, path.join(folder, 'in'));
  };
  await settled('uv', [linked, leaves(inZ)]);
  assert.is(fs.readFileSync(path.join(elsewhere, 'x.py'), 'utf8'), 'mine');
});

test.run();
