import type { FunctionOptions, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { BundlingOptions } from './bundling-options';
import type { DependencyOptions } from './dependency-options';

/**
 * The properties of a {@link PythonFunction}: those of `lambda.Function`, with other properties for the code.
 *
 * @since 0.1.0
 */
export interface PythonFunctionProps extends FunctionOptions {
  /**
   * The Python file, or a folder with `index` in it.
   *
   * The path is absolute, or relative to the file that defines the construct, else to the current folder.
   *
   * @default - the defining file's name and the construct's id: `stack.ts` and `my_handler` give `stack.my_handler.py`
   */
  readonly entry?: string;

  /**
   * The Python file inside `entry`, if that is a folder.
   *
   * @default 'index.py'
   */
  readonly index?: string;

  /**
   * The name of the handler function in the entry. A name with a dot is a full Lambda handler and stays as it is
   * (`datadog_lambda.handler.handler`).
   *
   * @default - `'lambda_handler'`; if `entry` is a folder, `'handler'`, unless the file defines only `lambda_handler`
   */
  readonly handler?: string;

  /**
   * The Python runtime.
   *
   * @default - the context key `cdk-lambda-python:runtime`, else `.python-version` beside the entry, else the oldest
   * that the project's `requires-python` allows, else PYTHON_3_7 (with a warning: AWS has created no functions on it
   * since 2024-01-09)
   */
  readonly runtime?: Runtime;

  /**
   * Which modules are installed, from where, and how strictly.
   *
   * @default - the requirements of the first declaration beside the entry
   */
  readonly dependencies?: DependencyOptions;

  /**
   * How the bundle is made.
   *
   * @default - on this machine where possible, in a container where something must be compiled
   */
  readonly bundling?: BundlingOptions;
}
