import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Stack } from 'aws-cdk-lib';

/** What an app of the benchmark is to define; read from `spec.json` in the folder the app is run in. */
export interface AppSpec {
  /** Lambda's name of the runtime, such as `python3.13`. */
  readonly runtime: string;
  /** In the order in which they are made. The folder is absolute, and holds `index.py` and its requirements. */
  readonly functions: readonly AppFunction[];
  /** Options of this library's `bundling`, without those that have their default value. */
  readonly bundling: Readonly<Record<string, string>>;
  /** Absolute path of `@aws-cdk/aws-lambda-python-alpha`, where the app is for it. */
  readonly alpha?: string;
}

export interface AppFunction {
  readonly id: string;
  readonly folder: string;
}

/** Adds one function to a stack: the only thing in which the apps differ. */
export type AddFunction = (stack: Stack, fn: AppFunction, spec: AppSpec) => void;

export const readSpec = (): AppSpec =>
  JSON.parse(readFileSync(path.join(process.cwd(), 'spec.json'), 'utf8')) as AppSpec;
