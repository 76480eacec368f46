import { Code, Function, Runtime, RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import type { AddFunction } from './spec';

/** CDK by itself, where a folder is shipped as it is: it reads, hashes and copies each. */
export const addFunction: AddFunction = (stack, { id, folder }, { runtime }) => {
  new Function(stack, id, {
    code: Code.fromAsset(folder),
    handler: 'index.lambda_handler',
    runtime: new Runtime(runtime, RuntimeFamily.PYTHON),
  });
};
