/**
 * What a unit test of a stack does, three times in one process: prints the milliseconds of a first and a second
 * `Template.fromStack`, each of a new app, and of one more for the second app's stack.
 */
import { App } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { readSpec } from './spec';
import { addStacks } from './stacks';

const spec = readSpec();

const timed = <A>(run: () => A): readonly [A, number] => {
  const start = performance.now();
  const value = run();
  return [value, performance.now() - start];
};

/** The making of the stack belongs to it: that is where functions are planned, and where others bundle. */
const newApp = (): Stack => {
  const [stack] = addStacks(new App(), spec, process.argv[2]);
  if (stack === undefined) throw new Error('a spec without functions');
  Template.fromStack(stack);
  return stack;
};

const [, first] = timed(newApp);
const [stack, second] = timed(newApp);
const [, again] = timed(() => Template.fromStack(stack));
console.log(JSON.stringify({ first, second, again }));
