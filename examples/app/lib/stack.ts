import { App, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import * as lambda from 'cdk-lambda-python';

export class GreetingStack extends Stack {
  public constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    // stack.ts + hello → stack.hello.py, which exports lambda_handler.
    new lambda.PythonFunction(this, 'hello');

    // stack.table.py says itself, in its first lines, what it depends on.
    new lambda.PythonFunction(this, 'table');

    // A handler in a folder of its own, with a requirements.txt beside it.
    new lambda.PythonFunction(this, 'Slugs', {
      entry: '../functions/slugs.py',
      handler: 'make_slug',
      architecture: lambda.Architecture.ARM_64,
      memorySize: 256,
    });
  }
}

if (require.main === module) new GreetingStack(new App(), 'Greeting');
