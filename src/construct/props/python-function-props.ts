import type { FunctionOptions, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { BundlingOptions } from './bundling-options';
import type { DependencyOptions } from './dependency-options';

/**
 * The properties of a {@link PythonFunction}: those of `lambda.Function`, with all that names code replaced.
 *
 * @since 0.1.0
 */
export interface PythonFunctionProps extends FunctionOptions {
  /**
   * The Python file, absolute or relative to the file that defines the construct, else to the current folder; or a folder
   * with `index` in it.
   *
   * @default the defining file's name and the construct's id: `stack.ts` and `my_handler` give `stack.my_handler.py`
   */
  readonly entry?: string;

  /**
   * The entry's path inside `entry`, where that is a folder.
   *
   * @default 'index.py'
   */
  readonly index?: string;

  /**
   * The name of the function that the entry exports. One with a dot in it is taken for a full Lambda handler and
   * passes through as it is (`datadog_lambda.handler.handler`).
   *
   * @default 'lambda_handler'; where `entry` is a folder, 'handler', unless the file defines `lambda_handler` and not that
   */
  readonly handler?: string;

  /**
   * The Python runtime.
   *
   * @default the context key `cdk-lambda-python:runtime`, else `.python-version` beside the entry, else the oldest that
   * the project's `requires-python` allows, else PYTHON_3_7 (with a warning: AWS creates no functions on that one since
   * 2024-01-09)
   */
  readonly runtime?: Runtime;

  /**
   * Which modules are installed, from where, and how strictly.
   *
   * @default what the first declaration beside the entry asks for
   */
  readonly dependencies?: DependencyOptions;

  /**
   * How the bundle is made.
   *
   * @default on this machine where it can, in a container where something must be compiled
   */
  readonly bundling?: BundlingOptions;
}
