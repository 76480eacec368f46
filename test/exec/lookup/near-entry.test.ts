import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { survey } from '../../../src/exec/survey/survey';
import { showPlanError } from '../../../src/plan/errors/plan-error';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import { folderOf, HANDLER, requestFor } from '../support/requests';

const test = suite('an entry that is not there: what lies around it');

type Tree = Readonly<Record<string, string>>;

/** The message, with paths relative to a folder that has the files. */
const messageOf = (tree: Tree, given: (folder: string) => Partial<BundleRequest>): string => {
  const folder = folderOf(tree);
  const { problems } = survey(requestFor('', given(folder)))();
  return problems.map(showPlanError).join('\n').replaceAll(`${folder}/`, '');
};

const nearbyOf = (tree: Tree, given: (folder: string) => Partial<BundleRequest>): readonly string[] =>
  /Nearby (?:is|are):\n([^]*?)\nIf you/
    .exec(messageOf(tree, given))?.[1]
    ?.split('\n')
    .map((line) => line.slice(4)) ?? [];

const byId =
  (id: string, file = 'stack.ts') =>
  (folder: string) =>
    ({ entry: { _tag: 'ById', id }, definingFiles: [path.join(folder, file)] }) as const;

const byPath =
  (entry: string, index = 'index.py') =>
  (folder: string) =>
    ({ entry: { _tag: 'ByPath', path: path.join(folder, entry), index } }) as const;

test('a folder without its index: the one Python file in it', () => {
  assert.is(
    messageOf({ 'fn/main.py': HANDLER, 'fn/test_main.py': '', 'fn/__init__.py': '' }, byPath('fn')),
    'The entry does not exist. Looked for:\n  - fn/index.py\n' +
      'Nearby is:\n  - fn/main.py\nIf you mean that, name it with `index`.\n' +
      'Set `entry` to a Python file, or to a folder that holds `index` (default index.py).',
  );
  assert.equal(nearbyOf({ 'fn/main.py': HANDLER, 'fn/other.py': HANDLER }, byPath('fn')), []);
});

const rows: readonly (readonly [
  string,
  Tree,
  (folder: string) => Partial<BundleRequest>,
  readonly string[],
])[] = [
  ['another spelling', { 'stack.my-handler.py': HANDLER }, byId('my_handler'), ['stack.my-handler.py']],
  ['without the file of the stack', { 'my_handler.py': HANDLER }, byId('my_handler'), ['my_handler.py']],
  ['a slip', { 'stack.my_handlr.py': HANDLER }, byId('my_handler'), ['stack.my_handlr.py']],
  ['something else', { 'stack.other.py': HANDLER, 'setup.py': '' }, byId('my_handler'), []],
  [
    'a path with a slip',
    { 'fns/order.py': HANDLER, 'fns/users.py': HANDLER },
    byPath('fns/orders.py'),
    ['fns/order.py'],
  ],
  ['a path without its ending', { 'fns/orders.py': HANDLER }, byPath('fns/orders'), ['fns/orders.py']],
  ['a folder with a slip', { 'orders/index.py': HANDLER }, byPath('oders'), ['orders']],
  [
    'a folder in other letters',
    { 'fn/h.py': HANDLER, 'fn/other.py': HANDLER, 'data/h.py': HANDLER },
    byPath('Fn/h.py'),
    ['fn/h.py'],
  ],
  [
    'folders with slips around a file with one',
    { 'services/orders/main.py': HANDLER, 'services/users/main.py': HANDLER },
    byPath('servces/order/man.py'),
    ['services/orders/main.py'],
  ],
  ['a folder that is nowhere', { 'fn/h.py': HANDLER }, byPath('another/h.py'), []],
  [
    'an index with a slip',
    { 'fn/handler.py': HANDLER, 'fn/db.py': '' },
    byPath('fn', 'handlr.py'),
    ['fn/handler.py'],
  ],
];
for (const [name, tree, given, nearby] of rows) {
  test(`the nearest name: ${name}`, () => assert.equal(nearbyOf(tree, given), nearby));
}

test('the nearest name: in a folder that is a link', () => {
  const given = (folder: string): Partial<BundleRequest> => {
    fs.symlinkSync('fns', path.join(folder, 'linked'));
    return byPath('linked/orders.py')(folder);
  };
  assert.equal(nearbyOf({ 'fns/order.py': HANDLER }, given), ['linked/order.py']);
});

const COMPILED = 'dist/stack.js was compiled without a source map';
test('compiled JavaScript whose TypeScript is not known', () => {
  const plain = {
    'package.json': '{}',
    'lib/stack.fn.py': HANDLER,
    'dist/stack.js': '',
  };
  const tree = { ...plain, 'tsconfig.json': '{}' };
  assert.is(
    messageOf(tree, byId('fn', 'dist/stack.js')),
    `No Python entry for this function. Looked for:\n  - dist/stack.fn.py\nNearby is:\n  - lib/stack.fn.py\nIf you mean that, name it with \`entry\`.\n${COMPILED}, so the folder of its TypeScript is not known. ` +
      'Set `sourceMap` (or `inlineSourceMap`) in tsconfig.json, or set `entry`.\n' +
      'Create one of these files, or set `entry` to the path of the Python file.',
  );
  assert.not.match(messageOf(tree, byId('fx', 'lib/stack.ts')), 'source map');
  assert.not.match(messageOf(plain, byId('fn', 'dist/stack.js')), 'source map');
});

test.run();
