import * as path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { definingFiles, userFiles } from '../../../src/construct/request/defining-file';
import type { Frame } from '../../../src/construct/request/defining-file';
import { Base } from '../fixtures/callers/base';
import * as factories from '../fixtures/callers/factory';
import { ImplicitSubclass, Subclass } from '../fixtures/callers/subclass';

const callers = path.join(__dirname, '../fixtures/callers');
const base = path.join(callers, 'base.ts');
const subclass = path.join(callers, 'subclass.ts');
const factory = path.join(callers, 'factory.ts');

const own = '/app/node_modules/cdk-lambda-python/lib/construct/request/defining-file.js';
const frames = (...fileNames: readonly (string | null | undefined)[]): readonly Frame[] =>
  fileNames.map((fileName) => ({ fileName, line: 1, column: 1 }));
const noOriginals = (): undefined => undefined;
const files = (...fileNames: readonly (string | null | undefined)[]): readonly string[] =>
  userFiles(frames(own, ...fileNames), noOriginals);

test('files come nearest first, each once', () => {
  assert.equal(files('/app/b.js', '/app/a.js', '/app/b.js', '/app/c.js'), [
    '/app/b.js',
    '/app/a.js',
    '/app/c.js',
  ]);
  assert.equal(userFiles([], noOriginals), []);
});

test('what is no file is left out', () => {
  const names = [
    null,
    undefined,
    '',
    '[eval]',
    'node:internal/main',
    'evalmachine.<anonymous>',
    'bin/app.js',
  ];
  const urls = ['https://example.com/a.js', 'webpack://app/./src/a.ts', 'data:text/javascript,f()'];
  assert.equal(files(...names, ...urls, '/app/a.js', '/app/\0.js'), ['/app/a.js']);
});

test('the rooms of this package are left out, wherever it lies, and the rest of it is not', () => {
  assert.equal(
    files(own.replace('construct/request/defining-file', 'construct/python-function'), '/app/a.js'),
    ['/app/a.js'],
  );
  assert.equal(files('/app/node_modules/cdk-lambda-python/lib/exec/survey/survey.js', '/app/a.js'), [
    '/app/a.js',
  ]);
  const repositoryFiles = [
    '/repo/src/construct/request/defining-file.ts',
    '/repo/src/construct/a.ts',
    '/repo/examples/a.ts',
  ];
  assert.equal(userFiles(frames(...repositoryFiles, '/repo/test/a.ts'), noOriginals), [
    '/repo/examples/a.ts',
    '/repo/test/a.ts',
  ]);
});

test("a user's own defining-file.ts is not taken for this package", () => {
  assert.equal(files('/app/src/construct/request/defining-file.ts', '/app/src/a.ts'), [
    '/app/src/construct/request/defining-file.ts',
    '/app/src/a.ts',
  ]);
});

test('frameworks are left out, also where package managers hide them', () => {
  const names =
    'aws-cdk-lib constructs aws-cdk @aws-cdk/toolkit-lib tsx ts-node @swc/register @swc-node/register esbuild esbuild-register ' +
    'esbuild-runner @esbuild-kit/core-utils @babel/register jiti sucrase pirates source-map-support ' +
    '@cspotcode/source-map-support uvu jest jest-circus @jest/core ts-jest vitest @vitest/runner vite vite-node mocha ava tap ' +
    '@tapjs/core jasmine jasmine-core';
  for (const name of names.split(' ')) {
    assert.equal(files(`/app/node_modules/${name}/lib/index.js`, '/app/a.js'), ['/app/a.js'], name);
    assert.equal(files(`C:\\app\\node_modules\\${name.replace('/', '\\')}\\index.js`), [], name);
  }
  assert.equal(
    files('/app/node_modules/.pnpm/constructs@10.4.2/node_modules/constructs/lib/construct.js'),
    [],
  );
  assert.equal(files('/app/node_modules/aws-cdk-lib/node_modules/semver/index.js'), []);
});

test('other packages are kept, and so are folders that are called like a framework', () => {
  const kept = [
    '/app/node_modules/my-constructs/lib/stack.js',
    '/app/node_modules/@acme/constructs/lib/stack.js',
    '/app/node_modules/jester/stack.js',
    '/app/node_modules/tsx-extras/stack.js',
    '/app/constructs/stack.js',
  ];
  assert.equal(files(...kept), kept);
});

test('URLs are decoded', () => {
  assert.equal(files('file:///my%20app/100%2525%20sure/a.mjs'), ['/my app/100%25 sure/a.mjs']);
  assert.equal(files('/my%20app/a.js'), ['/my%20app/a.js']);
});

test('the query of a loader is dropped, and question marks of folders stay', () => {
  assert.equal(files('file:///app/a.ts?tsx-namespace=17'), ['/app/a.ts']);
  assert.equal(files('/app/a.cts?namespace=17', '/app/b.mjs?x', '/app/c.tsx?x'), [
    '/app/a.cts',
    '/app/b.mjs',
    '/app/c.tsx',
  ]);
  assert.equal(files('/app/what.js?/a.ts', '/app/what?'), ['/app/what.js?/a.ts', '/app/what?']);
});

test("tsx's names for CommonJS in ES modules are read", () => {
  const name = (file: string): string =>
    `data:text/javascript,f(a%3Fb%3Ac)?filePath=${encodeURIComponent(file)}`;
  assert.equal(files(name('/my app/100%25 sure/a.ts?namespace=17')), ['/my app/100%25 sure/a.ts']);
  assert.equal(userFiles(frames(name(own), own, name('/app/a.ts')), noOriginals), ['/app/a.ts']);
});

test('files of Windows are kept, and URLs that are no file here do not throw', () => {
  const stack = 'C:\\my app\\stack.js';
  const windowsOwn = 'C:\\my app\\node_modules\\cdk-lambda-python\\lib\\construct\\request\\defining-file.js';
  const construct = windowsOwn.replace('defining-file', 'python-function');
  const names = [windowsOwn, construct, stack, '\\\\server\\share\\a.ts'];
  assert.equal(userFiles(frames(...names), noOriginals), [stack, '\\\\server\\share\\a.ts']);
  const url = 'file:///C:/my%20app/stack.mjs';
  const decoded = process.platform === 'win32' ? 'C:\\my app\\stack.mjs' : '/C:/my app/stack.mjs';
  assert.equal(files(url), [decoded]);
  assert.equal(
    files('file:///app/a%2Fb.mjs', 'file:///app/a.mjs?x', 'file://'),
    files('file:///app/a.mjs', 'file://'),
  );
  if (process.platform !== 'win32') assert.equal(files('file://server/share/a.mjs'), []);
});

test('each file is followed by the source of the frame', () => {
  const stack = [own, '/app/b.js', '/app/a.js', '/app/a.js'].map((fileName, i) => ({
    fileName,
    line: i,
    column: 7,
  }));
  const found = userFiles(stack, ({ file, line, column }) =>
    file === '/app/a.js' ? `/src/${line}:${column}` : undefined,
  );
  assert.equal(found, ['/app/b.js', '/app/a.js', '/src/2:7', '/src/3:7']);
});

test('a frame without a position counts as the start of its file', () => {
  assert.equal(
    userFiles([{ fileName: '/app/a.js' }], ({ line, column }) => `/src/${line}:${column}`),
    ['/app/a.js', '/src/1:1'],
  );
});

test('a frame is left out for its source too, as in a bundle', () => {
  const sources: Readonly<Record<number, string>> = {
    1: own,
    2: own.replace('defining-file', 'python-function'),
    3: '/app/src/stack.ts',
    4: '/app/node_modules/aws-cdk-lib/core/app.js',
  };
  const stack = [1, 2, 3, 4].map((line) => ({ fileName: `/app/dist/chunk-${line}.js`, line, column: 1 }));
  assert.equal(
    userFiles(stack, ({ line }) => sources[line]),
    ['/app/dist/chunk-3.js', '/app/src/stack.ts'],
  );
});

test('no map is asked for what is left out', () => {
  const asked: string[] = [];
  const names = [own, '/app/node_modules/aws-cdk-lib/index.js', '/app/a.js'];
  userFiles(frames(...names), ({ file }) => void asked.push(file));
  assert.equal(asked, ['/app/a.js']);
});

test('the caller, and the files between it and the class', async () => {
  assert.equal(definingFiles(), [__filename]);
  assert.equal(new Base().files, [base, __filename]);
  assert.equal(new Subclass().files, [base, subclass, __filename]);
  assert.equal(factories.make().files, [base, factory, __filename]);
  assert.equal(factories.makeReflected().files, [base, factory, __filename]);
  assert.equal(
    factories.makeMany().map((made) => made.files),
    [1, 2].map(() => [base, factory, __filename]),
  );
  assert.equal((await factories.makeLater()).files, [base, factory, __filename]);
});

test('a subclass without a constructor of its own', () => {
  assert.equal(new ImplicitSubclass().files, [base, subclass, __filename]);
});

test('evaluated code has no file, and the file that runs it has one', () => {
  assert.equal(factories.makeInEval().files, [base, factory, __filename]);
  assert.equal(factories.makeInFunction().files, [base, factory, __filename]);
});

/**
 * What `definingFiles` returns or throws while a property of `Error` is another one or absent, and whether it is the same after.
 * Nothing is asserted meanwhile: uvu takes an error without a stack for a success.
 */
const whileError = (
  name: 'stackTraceLimit' | 'prepareStackTrace',
  descriptor: PropertyDescriptor | undefined,
  run = definingFiles,
): readonly unknown[] => {
  const original = Object.getOwnPropertyDescriptor(Error, name);
  Reflect.deleteProperty(Error, name);
  if (descriptor) Object.defineProperty(Error, name, { configurable: true, ...descriptor });
  const before = Object.getOwnPropertyDescriptor(Error, name);
  try {
    const found = run();
    const after = Object.getOwnPropertyDescriptor(Error, name);
    const isSame =
      after?.writable === before?.writable &&
      after?.enumerable === before?.enumerable &&
      after?.value === before?.value &&
      (after === undefined) === (before === undefined);
    return [isSame ? 'restored' : 'changed', ...found];
  } catch (error) {
    return [String(error)];
  } finally {
    Reflect.deleteProperty(Error, name);
    if (original) Object.defineProperty(Error, name, original);
  }
};

test('the stack is read to its end, and the limit is put back', () => {
  assert.equal(factories.makeDeep(300).files, [base, factory, __filename]);
  const deep = (): readonly string[] => factories.makeDeep(20).files;
  for (const value of [0, 2, undefined, 'many']) {
    const found = whileError('stackTraceLimit', { value, writable: true }, deep);
    assert.equal(found, ['restored', base, factory, __filename], String(value));
  }
  assert.equal(whileError('stackTraceLimit', undefined, deep), ['restored', base, factory, __filename]);
});

test('a limit that cannot be set is an end, not an error', () => {
  assert.equal(whileError('stackTraceLimit', { value: 0, writable: false }), ['restored']);
  assert.equal(whileError('stackTraceLimit', { value: 50, writable: false }), ['restored', __filename]);
});

test('stack formatting is put back', () => {
  const value = (): string => 'formatted';
  assert.equal(whileError('prepareStackTrace', undefined), ['restored', __filename]);
  for (const descriptor of [{ value }, { value, enumerable: true }, { value: undefined }]) {
    const found = whileError('prepareStackTrace', { ...descriptor, writable: true });
    assert.equal(found, ['restored', __filename]);
  }
  assert.equal(whileError('prepareStackTrace', { value, writable: false }), ['restored']);
});

test('both are put back when reading the stack fails', () => {
  const { Error: before } = globalThis;
  const format = (): string => '';
  const Failing = Object.assign(
    function () {
      throw new RangeError('no stack');
    },
    { stackTraceLimit: 3, prepareStackTrace: format },
  );
  globalThis.Error = Failing as unknown as ErrorConstructor;
  try {
    assert.throws(definingFiles, 'no stack');
  } finally {
    globalThis.Error = before;
  }
  assert.is(Failing.stackTraceLimit, 3);
  assert.is(Failing.prepareStackTrace, format);
});

test.run();
