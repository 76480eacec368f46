import { App, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BundleExecutor, BundlePlan, ExecutionReport } from '../../../src/construct/index';
import { BundleExecutors, PythonFunction, RecordingExecutor } from '../../../src/construct/index';
import { functionIn, HANDLER, messageOf, processesOf, realApp, recordingApp, sources } from '../support/app';

const choosing = suite('executors: which one');
const labels = ({ plans }: RecordingExecutor): readonly string[] => plans.map(({ label }) => label);

choosing('of the function, else of the nearest construct above it', () => {
  const [ofApp, ofStage, ofStack, ofFunction] = [1, 2, 3, 4].map(() => new RecordingExecutor()) as [
    RecordingExecutor,
    RecordingExecutor,
    RecordingExecutor,
    RecordingExecutor,
  ];
  const app = realApp();
  const stage = new Stage(app, 'Stage');
  const stack = new Stack(stage, 'Stack');
  BundleExecutors.of(app).use(ofApp);
  BundleExecutors.of(stage).use(ofStage);
  BundleExecutors.of(stack).use(ofStack);
  let text = 0;
  const next = (): string => sources({ 'data.txt': String(++text) });
  functionIn(new Stack(app, 'Stack'), 'Fn', { entry: next() });
  functionIn(new Stack(stage, 'Other'), 'Fn', { entry: next() });
  functionIn(stack, 'Fn', { entry: next() });
  functionIn(stack, 'Own', { entry: next(), bundling: { executor: ofFunction } });
  assert.equal(
    processesOf(() => app.synth()),
    [],
  );
  assert.equal([ofApp, ofStage, ofStack, ofFunction].map(labels), [
    ['Stack/Fn'],
    ['Stage/Other/Fn'],
    ['Stage/Stack/Fn'],
    ['Stage/Stack/Own'],
  ]);
});

choosing('it may be chosen after the function was made, and the last choice holds', () => {
  const app = realApp();
  const stack = new Stack(app, 'Stack');
  const fn = functionIn(stack, 'Fn');
  const [first, last] = [new RecordingExecutor(), new RecordingExecutor()];
  BundleExecutors.of(fn).use(first);
  BundleExecutors.of(fn).use(last);
  Template.fromStack(stack);
  assert.equal([first.plans, last.plans], [[], [PythonFunction.planOf(fn)]]);
});

choosing("a test's own app does not share it with another app", () => {
  const { app } = recordingApp();
  assert.ok(BundleExecutors.of(app).find() !== undefined);
  assert.is(BundleExecutors.of(new App()).find(), undefined);
});

const handing = suite('executors: what they are handed');

handing('each distinct plan once, in the order of the functions, all at a time', () => {
  const calls: (readonly BundlePlan[])[] = [];
  const recorder = new RecordingExecutor();
  const executor: BundleExecutor = {
    execute: (plans) => {
      calls.push(plans);
      return recorder.execute(plans);
    },
  };
  const app = realApp();
  BundleExecutors.of(app).use(executor);
  const [one, other] = [sources(), sources({ 'data.txt': '' })];
  const make = (scope: Stack, id: string, entry: string): PythonFunction => functionIn(scope, id, { entry });
  const stack = new Stack(app, 'Stack');
  const staged = new Stack(new Stage(app, 'Stage'), 'Stack');
  const a = make(stack, 'A', one);
  const b = make(staged, 'B', other);
  make(stack, 'SameAsA', one);
  make(staged, 'SameAsB', sources({ 'data.txt': '' }));
  app.synth();
  assert.equal(calls, [[PythonFunction.planOf(a), PythonFunction.planOf(b)]]);
  assert.is(calls[0]?.[0], PythonFunction.planOf(a));
  app.synth({ force: true });
  Template.fromStack(stack);
  assert.is(calls.length, 1);
});

handing('the executor by name is in the plan', () => {
  const { app } = recordingApp();
  const stack = new Stack(app, 'Stack');
  const entry = sources({ 'requirements.txt': 'six\n' });
  const names = ['auto', 'host', 'docker'] as const;
  const executors = names.map(
    (executor) =>
      PythonFunction.planOf(functionIn(stack, executor, { entry, bundling: { executor } })).install?.executor,
  );
  assert.equal(executors, [...names]);
  assert.is(PythonFunction.planOf(functionIn(stack, 'Default', { entry })).install?.executor, 'auto');
  const own = functionIn(stack, 'Own', { entry, bundling: { executor: new RecordingExecutor() } });
  assert.is(PythonFunction.planOf(own).install?.executor, 'auto');
});

handing('a recording one says that it made everything', () => {
  const fn = functionIn(new Stack(realApp(), 'Stack'), 'Fn');
  assert.equal(new RecordingExecutor().execute([PythonFunction.planOf(fn)]), [
    {
      asset: PythonFunction.planOf(fn).hash.asset,
      label: 'Stack/Fn',
      outcome: {
        _tag: 'Bundled',
        path: PythonFunction.planOf(fn).output.path,
        dependencies: 'none',
        duration: 0,
      },
    },
  ]);
});

const answering = suite('executors: what they answer');

/** What the synthesis of two functions says when their executor does something. */
const synthesisWith = (execute: (plans: readonly BundlePlan[]) => unknown): string => {
  const app = realApp();
  const stack = new Stack(app, 'Stack');
  BundleExecutors.of(app).use({ execute } as BundleExecutor);
  functionIn(stack, 'A', { entry: sources({ 'index.py': HANDLER }) });
  functionIn(stack, 'B', { entry: sources({ 'index.py': `${HANDLER}# B\n` }) });
  const first = messageOf(() => app.synth());
  assert.is(
    messageOf(() => app.synth()),
    first,
    'a second synthesis fails as the first',
  );
  return first;
};
const INTRODUCTION = 'Validation failed with the following errors:';

answering('no report is an error', () => {
  const none = 'The executor gave no report on this function.';
  const expected = `${INTRODUCTION}\n  [Stack/A] ${none}\nThe same holds for:\n  Stack/B`;
  for (const answer of [[], undefined, null, Promise.resolve([]), {}]) {
    assert.is(
      synthesisWith(() => answer),
      expected,
    );
  }
  assert.is(
    synthesisWith((plans) => new RecordingExecutor().execute(plans.slice(0, 1))),
    `${INTRODUCTION}\n  [Stack/B] ${none}`,
  );
});

answering('a failed report is its error', () => {
  const failed = ({ hash, label }: BundlePlan): ExecutionReport => ({
    asset: hash.asset,
    label,
    outcome: { _tag: 'Failed', error: { _tag: 'SourceChanged', path: `/${label}` } },
  });
  assert.is(
    synthesisWith((plans) => plans.map(failed)),
    `${INTRODUCTION}\n  [Stack/A] /Stack/A changed while the bundle was made. Synthesize again.\n` +
      '  [Stack/B] /Stack/B changed while the bundle was made. Synthesize again.',
  );
});

answering('what it throws is an error of each function', () => {
  const message = synthesisWith((plans) => {
    throw new Error(`not in a unit test: ${plans.length} bundles`);
  });
  const failed = 'The executor failed: not in a unit test: 2 bundles';
  assert.is(message, `${INTRODUCTION}\n  [Stack/A] ${failed}\nThe same holds for:\n  Stack/B`);
});

for (const part of [choosing, handing, answering]) part.run();
