import type { Architecture, LayerVersionOptions, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { BundlingOptions } from './bundling-options';
import type { DependencyOptions } from './dependency-options';

/**
 * The properties of a {@link PythonLayerVersion}: those of `lambda.LayerVersion`, with all that names code replaced.
 *
 * @since 0.1.0
 */
export interface PythonLayerVersionProps extends LayerVersionOptions {
  /**
   * The folder whose files go into the layer, with the modules of its `requirements.txt`; absolute, or relative to the file
   * that defines the construct. Everything lies under `python/`, which functions have on their path.
   *
   * A file, a folder that does not exist, or one from which nothing goes in is a validation error.
   */
  readonly entry: string;

  /**
   * The Python runtimes that the layer is for. It is bundled for the first; with more than one, native code for one version
   * of Python is a validation error.
   *
   * @default the context key `cdk-lambda-python:runtime`, else `.python-version` in the folder, else the oldest that the
   * project's `requires-python` allows; without any of them it is a validation error
   */
  readonly compatibleRuntimes?: readonly Runtime[];

  /**
   * The architectures that the layer is for. It is bundled for the first; with more than one, native code is a validation
   * error, and requirements whose markers ask for the machine (`platform_machine`) are read for the first.
   *
   * @default [Architecture.X86_64], which also the template says
   */
  readonly compatibleArchitectures?: readonly Architecture[];

  /**
   * Which dependencies go in.
   *
   * @default what is declared in the folder, else in the project's root above it
   */
  readonly dependencies?: DependencyOptions;

  /**
   * How the bundle is made.
   *
   * @default on this machine where it can, in a container where something must be compiled
   */
  readonly bundling?: Omit<BundlingOptions, 'dependencies'>;
}
