import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Construct } from 'constructs';
import { PythonFunction } from '../../src/construct/python-function';
import { PythonLayerVersion } from '../../src/construct/python-layer-version';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { withEnvironment } from '../construct/support/app';
import { migrated } from './alpha-package';
import { handlerOf } from './handler-of';
import type { Invocation } from './invoke';
import { invoke } from './invoke';
import { findPython } from './python-tools';
import { listTree, temporaryFolder, writeTree } from './temporary';
import { unpack } from './unpack';

const repository = path.resolve(__dirname, '../..');

export const fixtures = path.join(repository, 'test/e2e/fixtures/alpha-readme');

type Made = PythonFunction | PythonLayerVersion;

const planOf = (made: Made): BundlePlan =>
  made instanceof PythonFunction ? PythonFunction.planOf(made) : PythonLayerVersion.planOf(made);

type Case = (scope: Construct, entry: string, more?: string) => Made;

const load = (): Readonly<Record<string, Case>> => {
  const folder = path.join(repository, '.cache/alpha-readme', String(process.pid));
  mkdirSync(folder, { recursive: true });
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const file = path.join(folder, 'cases.ts');
  writeFileSync(
    file,
    migrated(path.join(fixtures, 'cases.ts'), path.join(repository, 'src/construct/index')),
  );
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require(file) as Readonly<Record<string, Case>>;
};

let loaded: Readonly<Record<string, Case>> | undefined;

/** A synthesized case of the README. */
export interface Synthesized {
  readonly stack: Stack;
  /** Of its function or layer. */
  readonly plan: BundlePlan;
  /** Absolute path of the project, with `cdk.out` and the store of this case in it. */
  readonly project: string;
}

export interface CaseOptions {
  /** What a case takes besides its entry. */
  readonly more?: string;
  /** Variables of the synthesis. @default those of this process, and an empty store */
  readonly environment?: NodeJS.ProcessEnv;
  /** Context of the app. @default none */
  readonly context?: Readonly<Record<string, unknown>>;
}

/** Makes what a case of the README says of a folder with these files, with this library's import. */
export const synthesized = (
  name: string,
  tree: Readonly<Record<string, string | Uint8Array>>,
  { more, environment = {}, context = {} }: CaseOptions = {},
): Synthesized => {
  const make = (loaded ??= load())[name];
  if (make === undefined) throw new Error(`no case ${name}`);
  const project = temporaryFolder();
  const entry = path.join(project, 'code');
  writeTree(entry, tree);
  const outdir = path.join(project, 'cdk.out');
  const variables = {
    CDK_LAMBDA_PYTHON_CACHE: path.join(project, 'store'),
    UV_CACHE_DIR: path.join(project, 'uv'),
    PIP_CACHE_DIR: path.join(project, 'pip'),
    ...environment,
  };
  return withEnvironment(variables, () => {
    const app = new App({ outdir, context });
    const stack = new Stack(app, 'Stack');
    const made = make(stack, entry, more);
    app.synth();
    return { stack, plan: planOf(made), project };
  });
};

/** What a function answers to an empty event, run as Lambda runs it. */
export const answerOf = (
  { plan }: Pick<Synthesized, 'plan'>,
  version = '3.13',
  layers: readonly string[] = [],
): Promise<Invocation> => {
  const python = findPython(version);
  if (python === undefined) throw new Error(`these tests need a Python ${version}`);
  return invoke(plan.output.path, handlerOf(plan), {}, { python, layers });
};

/** The files of a bundle, byte code and metadata left out. */
export const filesOf = ({ plan }: Pick<Synthesized, 'plan'>): readonly string[] =>
  listTree(unpack(plan.output.path))
    .map((file) => file.path)
    .filter((file) => !/__pycache__\/|\.dist-info\//.test(file));

/** The properties of the one resource of a type. */
export const propertiesOf = ({ stack }: Pick<Synthesized, 'stack'>, type: string): unknown => {
  const [found, ...others] = Object.values(Template.fromStack(stack).findResources(type));
  if (found === undefined || others.length > 0) throw new Error(`not one ${type}`);
  return (found as { readonly Properties: unknown }).Properties;
};
