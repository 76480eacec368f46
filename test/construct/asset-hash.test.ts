import { Stack } from 'aws-cdk-lib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { functionIn, recordingApp, sources } from './support/app';

const test = suite('an asset hash of the user’s own');

const said = (work: () => unknown): string => {
  try {
    work();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

test('it stands for the content', () => {
  const { app, executor } = recordingApp();
  const stack = new Stack(app, 'Stack');
  const entry = sources();
  functionIn(stack, 'A', { entry, bundling: { assetHash: 'v1' } });
  functionIn(stack, 'B', { entry });
  app.synth();
  const [a, b] = executor.plans;
  assert.is(a?.hash.content, b?.hash.content);
  assert.is.not(a?.hash.asset, b?.hash.asset);
});

test('one for two contents: neither is published for the other', () => {
  const { app, executor } = recordingApp();
  const stack = new Stack(app, 'Stack');
  functionIn(stack, 'A', { entry: sources({ 'a.txt': 'a' }), bundling: { assetHash: 'v1' } });
  functionIn(stack, 'B', { entry: sources({ 'a.txt': 'b' }), bundling: { assetHash: 'v1' } });
  functionIn(stack, 'C', { entry: sources({ 'a.txt': 'b' }), bundling: { assetHash: 'v2' } });
  const message = said(() => app.synth());
  for (const [self, other] of [
    ['A', 'B'],
    ['B', 'A'],
  ]) {
    assert.ok(
      message.includes(
        `[Stack/${self}] \`bundling.assetHash\` is the same as that of Stack/${other}, whose bundle has other content: one of the two would be published for both. Give each its own text, such as one that ends in the function's name.`,
      ),
      message,
    );
  }
  assert.not.match(message, 'Stack/C');
  assert.equal(
    executor.plans.map(({ label }) => label),
    ['Stack/C'],
  );
});

test('one for the same content twice, or for a stack that is left out, is none', () => {
  const { app } = recordingApp();
  const stack = new Stack(app, 'Stack');
  const entry = sources({ 'a.txt': 'a' });
  for (const id of ['A', 'B']) functionIn(stack, id, { entry, bundling: { assetHash: 'v1' } });
  app.synth();
  const partly = recordingApp({ 'aws:cdk:bundling-stacks': ['One'] });
  for (const [name, text] of Object.entries({ One: 'a', Two: 'b', Three: 'c' })) {
    const bundling = { assetHash: 'v1' };
    functionIn(new Stack(partly.app, name), 'A', { entry: sources({ 'a.txt': text }), bundling });
  }
  partly.app.synth();
  assert.equal(
    partly.executor.plans.map(({ label }) => label),
    ['One/A'],
  );
});

test.run();
