import type { Architecture, LayerVersionOptions, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { BundlingOptions } from './bundling-options';
import type { DependencyOptions } from './dependency-options';

/**
 * The properties of a {@link PythonLayerVersion}: those of `lambda.LayerVersion`, with other properties for the code.
 *
 * @since 0.1.0
 */
export interface PythonLayerVersionProps extends LayerVersionOptions {
  /**
   * The folder whose files go into the layer, with the modules of its `requirements.txt`.
   *
   * The path is absolute, or relative to the file that defines the construct. Everything lies under `python/`, which
   * functions have on their path. A file, a missing folder, or a folder from which nothing goes in is a validation
   * error.
   */
  readonly entry: string;

  /**
   * The Python runtimes of the layer.
   *
   * It is bundled for the first. With more than one, native code for one version of Python is a validation error.
   *
   * @default - the context key `cdk-lambda-python:runtime`, else `.python-version` in the folder, else the oldest that
   * the project's `requires-python` allows; without any of them it is a validation error
   */
  readonly compatibleRuntimes?: readonly Runtime[];

  /**
   * The architectures of the layer.
   *
   * It is bundled for the first. With more than one, native code is a validation error, and markers on the machine
   * (`platform_machine`) are read for the first.
   *
   * @default - `[Architecture.X86_64]`, also in the template
   */
  readonly compatibleArchitectures?: readonly Architecture[];

  /**
   * Which dependencies go in.
   *
   * @default - the declaration in the folder, else the one of the project above it
   */
  readonly dependencies?: DependencyOptions;

  /**
   * How the bundle is made.
   *
   * @default - on this machine where possible, in a container where something must be compiled
   */
  readonly bundling?: Omit<BundlingOptions, 'dependencies'>;
}
