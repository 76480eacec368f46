import { Runtime, RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import { PythonFunction } from 'cdk-lambda-python';
import type { AddFunction } from './spec';

export const addFunction: AddFunction = (stack, { id, folder }, { runtime, bundling }) => {
  new PythonFunction(stack, id, {
    entry: folder,
    runtime: new Runtime(runtime, RuntimeFamily.PYTHON),
    bundling,
  });
};
