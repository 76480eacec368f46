import type { App } from 'aws-cdk-lib';
import { Stack } from 'aws-cdk-lib';
import type { AddFunction, AppSpec } from './spec';

/** CloudFormation takes 500 resources a stack, and a function comes with its role. */
const FUNCTIONS_PER_STACK = 100;

/** Which kind of app is to be run; only its own module is loaded, as in a user's app. */
export const load = (kind: string | undefined): AddFunction => {
  /* eslint-disable @typescript-eslint/no-require-imports */
  if (kind === 'plain') return (require('./plain') as typeof import('./plain')).addFunction;
  if (kind === 'asset') return (require('./asset') as typeof import('./asset')).addFunction;
  if (kind === 'ours') return (require('./ours') as typeof import('./ours')).addFunction;
  if (kind === 'alpha') return (require('./alpha') as typeof import('./alpha')).addFunction;
  /* eslint-enable @typescript-eslint/no-require-imports */
  throw new Error(`no app of the kind ${String(kind)}`);
};

/** Adds all functions of a spec to an app; gives the stacks. */
export const addStacks = (app: App, spec: AppSpec, kind: string | undefined): readonly Stack[] => {
  const addFunction = load(kind);
  const stacks: Stack[] = [];
  spec.functions.forEach((fn, index) => {
    if (index % FUNCTIONS_PER_STACK === 0) stacks.push(new Stack(app, `Stack${stacks.length + 1}`));
    const stack = stacks.at(-1);
    if (stack !== undefined) addFunction(stack, fn, spec);
  });
  return stacks;
};
