import type { App } from 'aws-cdk-lib';
import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import type { PythonFunctionProps } from '../../../src/construct/index';
import { environmentWith } from '../../support/python-tools';
import { temporaryFolder, writeTree } from '../../support/temporary';
import { functionIn, realApp, withEnvironment } from './app';

/** How a warning of one import goes on after `One import`. */
export const HEAD =
  "was not found in the bundle, in layers that this library makes, or in Lambda's runtime for Python 3.13:";

/** A folder with these files. */
export const folderOf = (tree: Readonly<Record<string, string>>): string => {
  const folder = temporaryFolder();
  writeTree(folder, tree);
  return folder;
};

/** Variables of a machine with uv and a store of its own. */
export const environment = () => ({
  ...environmentWith({ uv: true }),
  CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
});

/** Warnings of a stack, with their constructs, without what CDK adds; paths below a folder are relative. */
export const warnings = (stack: Stack, folder = '/nowhere'): readonly string[] =>
  Annotations.fromStack(stack)
    .findWarning('*', Match.anyValue())
    .map(({ id, entry }) =>
      `${id} ${String(entry.data)}`
        .replaceAll(`${folder}/`, '')
        .replace(/ \[ack: cdk-lambda-python:importNotFound\]$/, ''),
    );

/** The warnings of a stack that is synthesized for real. */
export const synth = (make: (stack: Stack) => void, app: App = realApp()): readonly string[] => {
  const stack = new Stack(app, 'Stack');
  make(stack);
  return withEnvironment(environment(), () => warnings(stack));
};

/** What is said of a function, by its lines; paths below the folder are relative. */
export const told = (folder: string, props: PythonFunctionProps): readonly string[] =>
  withEnvironment(environment(), () => {
    const stack = new Stack(realApp(), 'Stack');
    functionIn(stack, 'Orders', props);
    return Annotations.fromStack(stack)
      .findWarning('*', Match.anyValue())
      .flatMap(({ entry }) => String(entry.data).split('\n'))
      .filter((line) => line.startsWith('  '))
      .map((line) => line.replaceAll(`${folder}/`, '').replace(/ \[ack: .*/, ''));
  });
