import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { consumerWith, lowest, manifest, repository, run, succeeded } from '../support/consumer';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder, writeTree } from '../support/temporary';
import { unpack } from '../support/unpack';

/** The README's first example, in a stack, with a file that is there; and a function with requirements. */
const stackFile = (file: string, extension: string): string => {
  const readme = fs.readFileSync(path.join(repository, 'README.md'), 'utf8');
  const snippet = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? '';
  const [imports, statements] = [/^import .*$/gm, /^(?!import).*$/gm].map((lines) =>
    (snippet.match(lines) ?? []).join('\n'),
  );
  return `
import { Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { note } from './note${extension}';
${imports}
export class MyStack extends Stack {
  public constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    note(id);
    ${(statements ?? '').replace('/path/to/my/file.py', file)}
    new lambda.PythonFunction(this, 'Installed', { entry: ${JSON.stringify(path.join(path.dirname(file), 'installed'))} });
  }
}
`;
};

const appFile = (extension: string): string => `
import { App } from 'aws-cdk-lib';
import { MyStack } from './stack${extension}';
const app = new App({ outdir: process.argv[2] ?? 'cdk.out' });
new MyStack(app, 'Stack');
app.synth();
`;

/** Uses of the other entry points, for the compiler; the functions are also called. */
const noteFile = `
import { decodePlan, findRuntime, renderPlan } from 'cdk-lambda-python/plan';
import type { BundlePlan, PlanError } from 'cdk-lambda-python/plan';
import { runBatch, survey } from 'cdk-lambda-python/exec';
import type { ExecutionError, World } from 'cdk-lambda-python/exec';
import type { Function, LayerVersion } from 'aws-cdk-lib/aws-lambda';
import type { PythonFunction, PythonLayerVersion } from 'cdk-lambda-python';
type Takes<Wanted, _Given extends Wanted> = Wanted;
export type Taken = [Takes<PythonFunction, Function>, Takes<PythonLayerVersion, LayerVersion>];
export type Kept = { plan: BundlePlan; errors: PlanError[]; failure: ExecutionError; world: World };
export const show = (plan: unknown): string => {
  const decoded = decodePlan(plan);
  return decoded._tag === 'Right' ? renderPlan(decoded.right) : decoded.left.map(({ path }) => path).join();
};
export const note = (id: string): void => {
  console.log([id, findRuntime('3.13')?.name, show(null), typeof runBatch, typeof survey].join());
};
`;

const HANDLER = 'def lambda_handler(event, context):\n    return event\n';

interface Consumer {
  /** The folder in which npm installed. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** The sources of an app as modules of a kind, by how they name each other. */
const modules = (users: string, kind: 'ts' | 'mts', extension: string): Readonly<Record<string, string>> => ({
  [`stack.${kind}`]: stackFile(path.join(users, 'file.py'), extension),
  [`app.${kind}`]: appFile(extension),
  [`note.${kind}`]: noteFile,
});

/** A project in a folder of a consumer's. */
const projectIn = (
  { folder }: Consumer,
  name: string,
  type: 'commonjs' | 'module',
  sources: string,
  ...modulesOf: readonly ((users: string) => Readonly<Record<string, string>>)[]
): string => {
  const project = path.join(folder, name);
  const users = path.join(folder, `${name}, python`);
  const made = modulesOf.map((make) => make(users));
  writeTree(users, {
    'file.py': HANDLER.replace('lambda_handler', 'my_exported_func'),
    'installed/index.py': `import six\n${HANDLER}`,
    'installed/requirements.txt': 'six==1.17.0\n',
  });
  writeTree(project, { 'package.json': JSON.stringify({ private: true, type }) });
  writeTree(path.join(project, sources), {
    ...Object.assign({}, ...made),
    'stack.my_handler.py': HANDLER,
    'stack.other.py': HANDLER,
    'data.json': '{}',
  });
  return project;
};

const compile = async (
  { folder }: Consumer,
  project: string,
  options: Readonly<Record<string, unknown>>,
): Promise<void> => {
  const compilerOptions = {
    ...{ target: 'ES2022', lib: ['ES2022'], types: ['node'], strict: true },
    ...{ rootDir: 'src', outDir: 'dist', sourceMap: true },
    ...options,
  };
  writeTree(project, { 'tsconfig.json': JSON.stringify({ compilerOptions, include: ['src'] }) });
  const tsc = path.join(folder, 'node_modules/typescript/bin/tsc');
  await succeeded(run(process.execPath, [tsc, '-p', '.'], project));
};

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** Runs an app and looks at what it has left: the functions and the files of their bundles. */
const synthesized = async (
  { environment }: Consumer,
  project: string,
  argv: readonly string[],
): Promise<unknown> => {
  const outdir = path.join(project, 'cdk.out');
  fs.rmSync(outdir, { recursive: true, force: true });
  const output = await succeeded(run(process.execPath, [...argv, outdir], project, environment));
  assert.is(output, 'Stack,python3.13,,function,function\n');
  const template = fs.readFileSync(path.join(outdir, 'Stack.template.json'), 'utf8');
  const { Resources } = JSON.parse(template) as { readonly Resources: Readonly<Record<string, Resource>> };
  return Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .map(({ Properties: { Code, Handler, Runtime } }) => {
      const { S3Key } = Code as { readonly S3Key: string };
      // Whether there is byte code depends on the Pythons of the machine.
      const names = fs.readdirSync(unpack(path.join(outdir, `asset.${S3Key}`)));
      return [
        Handler,
        Runtime,
        names
          .filter((name) => name !== '__pycache__')
          .sort()
          .join(' '),
      ];
    });
};

/** What each project must give. Files of the project that are not Python's stay out. */
const expected = [
  ['stack_my_handler.lambda_handler', 'python3.13', 'data.json stack_my_handler.py'],
  ['file.my_exported_func', 'python3.6', 'file.py installed'],
  ['index.lambda_handler', 'python3.13', 'index.py six-1.17.0.dist-info six.py'],
];

const installed = async (versions: Readonly<Record<string, string>>): Promise<Consumer> => ({
  folder: await consumerWith(versions),
  environment: {
    ...environmentWith({ pip: true }),
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
    CDK_VALIDATION: 'false',
    CDK_DOCKER: '/nonexistent/docker',
  },
});

const { 'aws-cdk-lib': cdk = '', constructs = '' } = manifest.peerDependencies;
const oldest = { 'aws-cdk-lib': lowest(cdk), constructs: lowest(constructs) };

/** Installed and compiled beside the other tests. */
const withOldest = async (): Promise<{ readonly consumer: Consumer; readonly project: string }> => {
  const consumer = await installed(oldest);
  const project = projectIn(consumer, 'old cdk, 100%', 'commonjs', 'src', (users) =>
    modules(users, 'ts', ''),
  );
  await compile(consumer, project, { module: 'commonjs', moduleResolution: 'node10', skipLibCheck: true });
  return { consumer, project };
};

const projects = suite('package: an empty project with it and the CDK');
let consumer: Consumer;
let old: ReturnType<typeof withOldest>;
projects.before(async () => {
  old = withOldest();
  old.catch(() => undefined);
  const { 'aws-cdk-lib': latest = '', constructs: latestConstructs = '' } = manifest.devDependencies;
  consumer = await installed({ 'aws-cdk-lib': latest, constructs: latestConstructs });
});

const tsxOf = ({ folder }: Consumer): string => path.join(folder, 'node_modules/tsx/dist/cli.mjs');

projects('tsx, CommonJS', async () => {
  const project = projectIn(consumer, 'tsx, 100% sure', 'commonjs', '.', (users) => modules(users, 'ts', ''));
  assert.equal(await synthesized(consumer, project, [tsxOf(consumer), 'app.ts']), expected);
});

projects('tsx, ES modules', async () => {
  const project = projectIn(consumer, 'tsx esm, 1%', 'module', '.', (users) => modules(users, 'ts', '.js'));
  assert.equal(await synthesized(consumer, project, [tsxOf(consumer), 'app.ts']), expected);
});

projects('tsc, CommonJS and ES modules; the declarations of all packages are checked', async () => {
  const project = projectIn(
    consumer,
    'tsc, 50%25 off',
    'commonjs',
    'src',
    (users) => modules(users, 'ts', '.js'),
    (users) => modules(users, 'mts', '.mjs'),
  );
  await compile(consumer, project, { module: 'nodenext', skipLibCheck: false });
  assert.equal(await synthesized(consumer, project, ['dist/app.js']), expected);
  assert.equal(await synthesized(consumer, project, ['dist/app.mjs']), expected);
});

projects('the command', async () => {
  const project = projectIn(consumer, 'command line, 1%', 'commonjs', '.');
  const command = path.join(consumer.folder, 'node_modules/.bin/cdk-lambda-python');
  const argv = ['plan', 'stack.my_handler.py', '--runtime', '3.13'];
  const output = await succeeded(run(command, argv, project, consumer.environment));
  assert.match(output, /^handler +stack_my_handler\.lambda_handler$/m);
});

projects('the oldest CDK that it says it works with', async () => {
  const { consumer: withOld, project } = await old;
  for (const [name, version] of Object.entries(oldest)) {
    const file = path.join(withOld.folder, 'node_modules', name, 'package.json');
    assert.is((JSON.parse(fs.readFileSync(file, 'utf8')) as { version: string }).version, version);
  }
  assert.equal(await synthesized(withOld, project, ['dist/app.js']), expected);
});

projects.run();
