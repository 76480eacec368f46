import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import type { AppProps } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import type { Construct } from 'constructs';
import { BundleExecutors, PythonFunction, RecordingExecutor } from '../../../src/construct/index';
import type { PythonFunctionProps } from '../../../src/construct/index';
import { RUNTIME_CONTEXT_KEY } from '../../../src/plan/runtime/runtime-choice';
import { temporaryFolder, writeTree } from '../../support/temporary';

export { processesOf } from '../../support/processes';

// CDK's own check of templates takes most of a synthesis and prints what it thinks of old runtimes.
process.env['CDK_VALIDATION'] ??= 'false';

export const stacks = path.join(__dirname, '../fixtures/stacks');

/** The text of an entry that is in order. */
export const HANDLER = 'def lambda_handler(event, context):\n    return event\n';

/** A new folder with an entry `index.py`, and what else is given. */
export const sources = (tree: Readonly<Record<string, string>> = {}): string => {
  const folder = temporaryFolder();
  writeTree(folder, { 'index.py': HANDLER, ...tree });
  return folder;
};

/** An app in a new folder that makes its bundles; its runtime is one that AWS still takes. */
export const realApp = (context: Readonly<Record<string, unknown>> = {}, props: AppProps = {}): App =>
  new App({
    outdir: path.join(temporaryFolder(), 'cdk.out'),
    context: { [RUNTIME_CONTEXT_KEY]: 'python3.13', ...context },
    ...props,
  });

/** The same, but its plans are only looked at. */
export const recordingApp = (
  context: Readonly<Record<string, unknown>> = {},
  props: AppProps = {},
): { readonly app: App; readonly executor: RecordingExecutor } => {
  const app = realApp(context, props);
  const executor = new RecordingExecutor();
  BundleExecutors.of(app).use(executor);
  return { app, executor };
};

/** An app with the one stack `Stack`, whose plans are only looked at. */
export const recordingStack = (context: Readonly<Record<string, unknown>> = {}): Stack =>
  new Stack(recordingApp(context).app, 'Stack');

export const functionIn = (
  scope: Construct,
  id: string,
  props: Partial<PythonFunctionProps> = {},
): PythonFunction => new PythonFunction(scope, id, { entry: sources(), ...props });

/** The properties of the only Lambda function in a stack's template. */
export const functionProperties = (stack: Stack): Readonly<Record<string, unknown>> => {
  const found = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  if (found.length !== 1) throw new Error(`expected one function, found ${found.length}`);
  return (found[0] as { Properties: Readonly<Record<string, unknown>> }).Properties;
};

/** The ids under which a stack's warnings can be acknowledged. */
export const warningIds = (stack: Stack): readonly unknown[] =>
  Annotations.fromStack(stack)
    .findWarning('*', Match.anyValue())
    .map(({ entry }) => /\[ack: (.*)\]/.exec(String(entry.data))?.[1]);

/** The message of the error that something throws; an error itself where it throws none. */
export const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof TypeError) throw error;
    return error.message;
  }
  throw new Error('expected an error');
};

/** What is said of an app that is synthesized where nothing can be installed; undefined where nothing is wrong. */
export const saidOf = (app: App): string | undefined =>
  withEnvironment(nothingInstalled(), () => {
    try {
      app.synth();
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  });

/** Runs something with other environment variables; undefined takes one away. */
export const withEnvironment = <A>(changes: NodeJS.ProcessEnv, run: () => A): A => {
  const before = { ...process.env };
  const set = (values: NodeJS.ProcessEnv): void => {
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  };
  set(changes);
  try {
    return run();
  } finally {
    set({ ...Object.fromEntries(Object.keys(changes).map((name) => [name, undefined])), ...before });
  }
};

/** Nothing to run and nothing to keep: an empty PATH, no container engine, a store of its own. */
export const nothingInstalled = (): NodeJS.ProcessEnv => ({
  PATH: temporaryFolder(),
  CDK_DOCKER: path.join(temporaryFolder(), 'docker'),
  CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
});
