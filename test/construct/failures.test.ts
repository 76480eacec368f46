import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Stack, Stage } from 'aws-cdk-lib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BundleExecutors, PythonFunction } from '../../src/construct/index';
import { bundlesIn } from '../support/bundles-in';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';
import { functionIn, HANDLER, messageOf, nothingInstalled, processesOf, realApp } from './support/app';
import { sources, withEnvironment } from './support/app';

/** A shell and a Python, but neither uv nor pip nor a container engine. */
const noInstaller = (): NodeJS.ProcessEnv => ({
  ...nothingInstalled(),
  PATH: environmentWith({}).PATH,
});
const NO_INSTALLER = 'Nothing on this machine can install the requirements. Looked for: ';

const failing = suite('failures');

/** A function whose requirements cannot be installed. */
const uninstallable = (scope: Stack, id: string): PythonFunction =>
  functionIn(scope, id, { entry: sources({ 'requirements.txt': 'six==1.17.0\n' }) });

/** A function one of whose files is changed after it was planned. */
const changing = (scope: Stack, id: string): { readonly fn: PythonFunction; readonly file: string } => {
  const entry = sources({ 'data.txt': id });
  const fn = functionIn(scope, id, { entry });
  const file = path.join(entry, 'data.txt');
  fs.writeFileSync(file, 'changed');
  return { fn, file };
};

const changed = (file: string): string => `${file} changed while the bundle was made. Synthesize again.`;

/** The lines of a message that name a construct, each up to the first of what was looked for. */
const headlines = (message: string): readonly string[] =>
  message
    .split('\n')
    .filter((line) => /^ *\[/.test(line))
    .map((line) => line.trim().replace(/( Looked for: ).*/, '$1'));

const assetsIn = ({ outdir }: App): readonly string[] => [
  ...bundlesIn(outdir),
  ...fs.readdirSync(outdir).filter((name) => name.startsWith('.cdk-lambda-python')),
];

failing(
  'functions that fail for different reasons are told in one synthesis, and the others are made',
  () => {
    const app = realApp();
    const stack = new Stack(app, 'Stack');
    uninstallable(stack, 'Uninstallable');
    const good = functionIn(stack, 'Good', { entry: sources({ 'good.txt': '' }) });
    const { file } = changing(new Stack(app, 'Other'), 'Changing');
    functionIn(stack, 'Missing', { entry: '/no/such/file.py' });
    const message = withEnvironment(noInstaller(), () => messageOf(() => app.synth()));
    assert.equal(headlines(message), [
      `[Stack/Uninstallable] ${NO_INSTALLER}`,
      '[Stack/Missing] The entry does not exist. Looked for:',
      `[Other/Changing] ${changed(file)}`,
    ]);
    assert.equal(assetsIn(app), [path.basename(PythonFunction.planOf(good).output.path)]);
  },
);

failing('functions of several stages are told in the same run, though CDK stops at the first', () => {
  const app = realApp();
  const stacks = ['One', 'Two', 'Three'].map((id) => new Stack(new Stage(app, id), 'Stack'));
  functionIn(stacks[0] as Stack, 'Good');
  uninstallable(stacks[1] as Stack, 'A');
  uninstallable(stacks[1] as Stack, 'B');
  const { file } = changing(stacks[2] as Stack, 'C');
  functionIn(new Stack(app, 'Stack'), 'D', { entry: '/no/such/file.py' });
  const message = withEnvironment(noInstaller(), () => messageOf(() => app.synth()));
  assert.equal(headlines(message), [
    `[Two/Stack/A] ${NO_INSTALLER}`,
    `[Two/Stack/A] Three/Stack/C: ${changed(file)}`,
    '[Two/Stack/A] Stack/D: The entry does not exist. Looked for:',
  ]);
  assert.match(message, 'The same holds for:\n  Two/Stack/B');
});

failing('what many functions share is told once, with the paths of the others', () => {
  const app = realApp();
  const [one, two] = ['One', 'Two'].map((id) => new Stack(new Stage(app, id), 'Stack'));
  const entry = sources({ 'requirements.txt': 'six==1.17.0\n-r gone.txt\n' });
  const make = (stack: Stack | undefined, id: string) => stack && functionIn(stack, id, { entry });
  make(one, 'A');
  make(one, 'B');
  make(two, 'C');
  functionIn(one as Stack, 'Other', { entry: '/no/such/file.py' });
  const message = messageOf(() => app.synth());
  const cause = `${entry}/requirements.txt:2 includes ${entry}/gone.txt, which does not exist. Paths after -r and -c are relative to the file that includes them.`;
  assert.equal(message.split('\n').slice(0, 5), [
    'Validation failed with the following errors:',
    `  [One/Stack/A] ${cause}`,
    'The same holds for:',
    '  One/Stack/B',
    '  Two/Stack/C',
  ]);
  assert.is(message.split(cause).length, 2);
  assert.equal(headlines(message).slice(1), ['[One/Stack/Other] The entry does not exist. Looked for:']);
  const unvalidated = messageOf(() => app.synth({ skipValidation: true }));
  assert.is(unvalidated.split(cause).length, 2);
  assert.match(unvalidated, 'The same holds for:\n  One/Stack/B\n  Two/Stack/C');
});

failing('modules that are too large for several functions are told once, whatever else these have', () => {
  const app = realApp();
  const stack = new Stack(app, 'Stack');
  const entry = sources({ 'requirements.txt': 'six==1.17.0\n' });
  fs.writeFileSync(path.join(entry, 'other.py'), `${HANDLER}# other\n`);
  BundleExecutors.of(app).use({
    execute: (plans) =>
      plans.map(({ hash, label }, index) => ({
        asset: hash.asset,
        label,
        outcome: {
          _tag: 'Failed',
          error: {
            _tag: 'TooLarge',
            size: (300 + index) * 1024 * 1024,
            limit: 262144000,
            largest: ['torch-2 290.0 MB', `own ${index} MB`],
            ways: [],
          },
        },
      })) as never,
  });
  functionIn(stack, 'A', { entry });
  functionIn(stack, 'B', { entry, index: 'other.py' });
  const message = messageOf(() => app.synth());
  assert.is(message.split('The bundle has').length, 2);
  assert.match(message, /\nThe same holds for:\n {2}Stack\/B$/);
});

failing('a stage in which nothing is wrong does not hide what CDK finds in the next', () => {
  const app = realApp();
  functionIn(new Stack(new Stage(app, 'One'), 'Stack'), 'Good');
  const stack = new Stack(new Stage(app, 'Two'), 'Stack');
  const { file } = changing(stack, 'Fn');
  stack.node.addValidation({ validate: () => ['something else'] });
  assert.equal(headlines(messageOf(() => app.synth())), [
    '[Two/Stack] something else',
    `[Two/Stack/Fn] ${changed(file)}`,
  ]);
});

failing('without validation it is an error too, with everything in it', () => {
  const app = realApp();
  const stack = new Stack(app, 'Stack');
  uninstallable(stack, 'A');
  functionIn(stack, 'Missing', { entry: '/no/such/file.py' });
  const { file } = changing(new Stack(new Stage(app, 'Stage'), 'Stack'), 'B');
  const message = withEnvironment(noInstaller(), () => messageOf(() => app.synth({ skipValidation: true })));
  assert.match(message, /^Bundling failed with the following errors:\n {2}\[Stack\/A\] /);
  assert.equal(headlines(message), [
    `[Stack/A] ${NO_INSTALLER}`,
    '[Stack/Missing] The entry does not exist. Looked for:',
    `[Stage/Stack/B] ${changed(file)}`,
  ]);
  assert.equal(assetsIn(app), []);
});

failing('a failed synthesis fails again, without another process', () => {
  const app = realApp();
  const { fn } = changing(new Stack(app, 'Stack'), 'Fn');
  const first = messageOf(() => app.synth());
  const started = processesOf(() => {
    assert.is(
      messageOf(() => app.synth()),
      first,
    );
    assert.match(
      messageOf(() => app.synth({ skipValidation: true })),
      fn.node.path,
    );
  });
  assert.equal(started, []);
});

failing('the previous good bundle stays as it was', () => {
  const entry = sources({ 'data.txt': '1' });
  const outdir = path.join(temporaryFolder(), 'cdk.out');
  const make = (): { readonly app: App; readonly fn: PythonFunction } => {
    const app = realApp({}, { outdir });
    return { app, fn: functionIn(new Stack(app, 'Stack'), 'Fn', { entry }) };
  };
  const good = make();
  good.app.synth();
  const { path: bundle } = PythonFunction.planOf(good.fn).output;
  const before = [fs.readFileSync(bundle), fs.statSync(bundle).ino];
  fs.writeFileSync(path.join(entry, 'data.txt'), '2');
  const bad = make();
  fs.writeFileSync(path.join(entry, 'data.txt'), '3');
  messageOf(() => bad.app.synth());
  assert.equal(assetsIn(bad.app), [path.basename(bundle)]);
  assert.equal([fs.readFileSync(bundle), fs.statSync(bundle).ino], before);
});

failing('an output that cannot be written is told with its path', () => {
  const file = path.join(temporaryFolder(), 'cdk.out');
  const app = realApp({}, { outdir: file });
  const fn = functionIn(new Stack(app, 'Stack'), 'Fn', { entry: sources({ 'index.py': HANDLER }) });
  fs.rmSync(file, { recursive: true });
  fs.writeFileSync(file, '');
  assert.match(
    messageOf(() => app.synth()),
    new RegExp(`\\[Stack/Fn\\] Cannot write ${path.dirname(PythonFunction.planOf(fn).output.path)}`),
  );
});

failing.run();
