import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as ts from 'typescript';

const test = suite('examples in the documentation');

const root = path.resolve(__dirname, '../..');

/** What an example may use without saying where it comes from; a name that it declares itself is left out. */
const PRELUDE: Readonly<Record<string, string>> = {
  app: "declare const app: import('aws-cdk-lib').App;",
  stack: "declare const stack: import('aws-cdk-lib').Stack;",
  fn: "declare const fn: import('cdk-lambda-python').PythonFunction;",
  executor: "declare const executor: import('cdk-lambda-python').RecordingExecutor;",
  PythonFunction: "declare const PythonFunction: typeof import('cdk-lambda-python').PythonFunction;",
  PythonLayerVersion:
    "declare const PythonLayerVersion: typeof import('cdk-lambda-python').PythonLayerVersion;",
  Runtime: "declare const Runtime: typeof import('cdk-lambda-python').Runtime;",
  BundleExecutors: "declare const BundleExecutors: typeof import('cdk-lambda-python').BundleExecutors;",
  RecordingExecutor: "declare const RecordingExecutor: typeof import('cdk-lambda-python').RecordingExecutor;",
  App: "declare const App: typeof import('aws-cdk-lib').App;",
  BundleExecutor: "type BundleExecutor = import('cdk-lambda-python').BundleExecutor;",
  BundlePlan: "type BundlePlan = import('cdk-lambda-python').BundlePlan;",
  ExecutionReport: "type ExecutionReport = import('cdk-lambda-python').ExecutionReport;",
};

/** The user's own files that examples import. */
const USERS_FILES = /from '\.\.\/lib\/my-stack'/g;

const declares = (code: string, name: string): boolean =>
  new RegExp(`(const|class|interface) ${name}\\b|import[^;]*\\b${name}\\b[^;]*from`).test(code);

/** An example as a module: its imports, the names it takes for granted, and its statements where `this` is a stack. */
const asModule = (example: string): string => {
  const code = example.replace(USERS_FILES, "from './my-stack'");
  const imports = code.match(/^import [^;]*;$/gm) ?? [];
  const rest = code.replace(/^import [^;]*;$/gm, '');
  const granted = Object.entries(PRELUDE).flatMap(([name, line]) =>
    declares(code, name) || !new RegExp(`\\b${name}\\b`).test(code) ? [] : line,
  );
  return [
    ...imports,
    ...granted,
    "export function example(this: import('aws-cdk-lib').Stack) {",
    rest,
    '}',
  ].join('\n');
};

const inMarkdown = (text: string): readonly string[] =>
  [...text.matchAll(/```ts\n(.*?)```/gs)].flatMap((match) => match[1] ?? []);

const inComments = (text: string): readonly string[] =>
  [...text.matchAll(/@example\n((?:\s*\* (?!@).*\n|\s*\*\n)+)/g)].flatMap((match) =>
    (match[1] ?? '').replace(/^\s*\* ?/gm, ''),
  );

const filesIn = (folder: string, extension: string): readonly string[] =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(extension))
    .map((file) => path.join(folder, file));

test('every one compiles', () => {
  const sources = [
    ...['README.md', ...filesIn('docs', '.md')].map((file) => [file, inMarkdown] as const),
    ...filesIn('src/construct', '.ts').map((file) => [file, inComments] as const),
  ];
  const examples = sources.flatMap(([file, read]) =>
    read(fs.readFileSync(path.join(root, file), 'utf8')).map((code, index) => ({
      name: `${file.replace(/\W+/g, '-')}-${index}.ts`,
      code: asModule(code),
    })),
  );
  assert.ok(examples.length >= 7, `${examples.length} examples`);

  const folder = path.join(root, '.cache', 'examples');
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(
    path.join(folder, 'my-stack.ts'),
    "import { Stack } from 'aws-cdk-lib';\nexport class MyStack extends Stack {}\n",
  );
  for (const { name, code } of examples) fs.writeFileSync(path.join(folder, name), code);
  const program = ts.createProgram(
    examples.map(({ name }) => path.join(folder, name)),
    {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.Node16,
      types: ['node'],
      typeRoots: [path.join(root, 'node_modules/@types')],
      paths: { 'cdk-lambda-python': [path.join(root, 'src/construct/index.ts')] },
    },
  );
  // Only the examples are checked here; `npm run typecheck` checks the sources.
  const problems = program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.includes('.cache/examples'))
    .flatMap((file) => ts.getPreEmitDiagnostics(program, file))
    .map(
      ({ file, messageText }) =>
        `${path.basename(file?.fileName ?? '')}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  assert.equal(problems, []);
});

test.run();
