import type { FunctionOptions } from 'aws-cdk-lib/aws-lambda';
import { Function, Runtime, RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { AddFunction } from './spec';

/** As much of the package as is used: it is no dependency of this project, so its types are not there. */
interface Alpha {
  readonly PythonFunction: new (
    scope: Construct,
    id: string,
    props: FunctionOptions & {
      readonly entry: string;
      readonly handler: string;
      readonly runtime: Runtime;
    },
  ) => Function;
}

export const addFunction: AddFunction = (stack, { id, folder }, { runtime, alpha }) => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- its place is known only at run time
  const { PythonFunction } = require(String(alpha)) as Alpha;
  new PythonFunction(stack, id, {
    entry: folder,
    handler: 'lambda_handler',
    runtime: new Runtime(runtime, RuntimeFamily.PYTHON),
  });
};
