import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as ts from 'typescript';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Project, esbuild, node, repository } from '../fixtures/project';

const loader = (name: string): string => path.join(repository, 'node_modules', name);
const tsx = pathToFileURL(loader('tsx/dist/loader.mjs')).href;

/** A stack whose types and comment move its lines, and a program that has it made. */
const stackTs = `import { PythonFunction } from 'cdk-lambda-python';
interface Props {
  readonly name: string;
}
/** Not on the line that it compiles to. */
export const make = (_: Props): PythonFunction => new PythonFunction();
`;
const appTs = `import { make } from './stack';
console.log(JSON.stringify(make({ name: 'a' }).files));
`;

const loaders = suite('defining file: loaders');
const compiled = suite('defining file: compiled');
let project: Project;
for (const programs of [loaders, compiled]) {
  programs.before.each(() => {
    project = new Project('my app, 100%25 sure');
    project.write('src/stack.ts', stackTs);
    project.write('src/app.ts', appTs);
  });
  programs.after.each(() => project.remove());
}

const at = (...files: readonly string[]): readonly string[] => files.map((file) => project.at(file));

loaders('ts-node, with a formatter of its own', () => {
  const callers = path.join(repository, 'test/construct/fixtures/callers');
  const program = path.join(callers, 'program.ts');
  assert.equal(node(repository, '-r', 'ts-node/register/transpile-only', program), {
    files: ['base.ts', 'subclass.ts', 'program.ts'].map((file) => path.join(callers, file)),
    isOverridden: true,
    isRestored: true,
  });
});

loaders('ts-node and tsx, as a user runs them', () => {
  project.write('tsconfig.json', '{ "compilerOptions": { "module": "commonjs" } }');
  for (const register of [loader('ts-node/register/transpile-only'), loader('tsx/dist/cjs/index.cjs')]) {
    assert.equal(project.node('-r', register, 'src/app.ts'), at('src/stack.ts', 'src/app.ts'), register);
  }
  assert.equal(project.node('--import', tsx, 'src/app.ts'), at('src/stack.ts', 'src/app.ts'));
});

loaders('ES modules', () => {
  const stack =
    "import { PythonFunction } from 'cdk-lambda-python';\nexport const make = () => new PythonFunction();\n";
  project.write('stack.mjs', stack);
  project.write('app.mjs', appTs.replace('./stack', './stack.mjs'));
  assert.equal(project.node('app.mjs'), at('stack.mjs', 'app.mjs'));
});

loaders('ES modules in TypeScript', () => {
  project.write('src/package.json', '{ "type": "module" }');
  assert.equal(project.node('--import', tsx, 'src/app.ts'), at('src/stack.ts', 'src/app.ts'));
});

loaders('CommonJS in TypeScript, imported by an ES module: this package too', () => {
  const own = pathToFileURL(path.join(repository, 'src/construct/request/defining-file.ts')).href;
  project.write(
    'src/stack.ts',
    `import { definingFiles } from '${own}';\nexport const make = () => definingFiles();\n`,
  );
  project.write('app.mjs', "import { make } from './src/stack.ts';\nconsole.log(JSON.stringify(make()));\n");
  assert.equal(project.node('--import', tsx, 'app.mjs'), at('src/stack.ts', 'app.mjs'));
});

loaders('CommonJS in TypeScript, imported by an ES module', () => {
  project.write('app.mjs', appTs.replace('./stack', './src/stack.ts'));
  assert.equal(project.node('--import', tsx, 'app.mjs'), at('src/stack.ts', 'app.mjs'));
});

loaders("tsx's own import, which names modules with a query", () => {
  const api = pathToFileURL(loader('tsx/dist/esm/api/index.mjs')).href;
  project.write('src/package.json', '{ "type": "module" }');
  project.write(
    'app.mjs',
    `import { tsImport } from '${api}';\nawait tsImport('./src/app.ts', import.meta.url);\n`,
  );
  assert.equal(project.node('app.mjs'), at('src/stack.ts', 'src/app.ts', 'app.mjs'));
});

loaders('frozen intrinsics: nothing is found, nothing is thrown', () => {
  const app = "console.log(JSON.stringify(new (require('cdk-lambda-python').PythonFunction)().files));\n";
  project.write('app.js', app);
  assert.equal(project.node('--no-warnings', '--frozen-intrinsics', 'app.js'), []);
  assert.equal(project.node('app.js'), at('app.js'));
});

compiled('tsc: each file is followed by its source', () => {
  const files = at('dist/stack.js', 'src/stack.ts', 'dist/app.js', 'src/app.ts');
  const maps: readonly ts.CompilerOptions[] = [
    { sourceMap: true },
    { inlineSourceMap: true },
    { sourceMap: true, sourceRoot: '../src' },
    { sourceMap: true, sourceRoot: project.at('src') },
    { sourceMap: true, sourceRoot: pathToFileURL(project.at('src')).href },
  ];
  for (const options of maps) {
    project.tsc(options);
    assert.equal(project.node('dist/app.js'), files, JSON.stringify(options));
  }
  assert.equal(project.node('--enable-source-maps', 'dist/app.js'), files);
});

compiled('tsc: ES modules', () => {
  project.write('package.json', '{ "type": "module" }');
  project.write('src/app.ts', appTs.replace('./stack', './stack.js'));
  project.tsc({ module: ts.ModuleKind.ESNext, sourceMap: true });
  const files = at('dist/stack.js', 'src/stack.ts', 'dist/app.js', 'src/app.ts');
  assert.equal(project.node('dist/app.js'), files);
});

compiled('tsc: without a map, or with a bad one, there is the JavaScript', () => {
  project.tsc({});
  assert.equal(project.node('dist/app.js'), at('dist/stack.js', 'dist/app.js'));
  project.tsc({ sourceMap: true });
  project.write('dist/stack.js.map', '{ "version": 3, "sources": [');
  assert.equal(project.node('dist/app.js'), at('dist/stack.js', 'dist/app.js', 'src/app.ts'));
});

compiled('esbuild: a bundle with this package in it is followed by the sources of its frames', () => {
  for (const [format, bundle] of [
    ['cjs', 'dist/app.js'],
    ['esm', 'dist/app.mjs'],
  ] as const) {
    for (const sourcemap of ['linked', 'inline']) {
      const options = { bundle: true, platform: 'node', sourcemap, format, logLevel: 'silent' };
      const shim =
        "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);";
      esbuild.buildSync({
        ...options,
        absWorkingDir: project.folder,
        entryPoints: ['src/app.ts'],
        outfile: bundle,
        banner: format === 'esm' ? { js: shim } : {},
      });
      assert.equal(project.node(bundle), at(bundle, 'src/stack.ts', 'src/app.ts'), `${format} ${sourcemap}`);
    }
  }
});

loaders.run();
compiled.run();
