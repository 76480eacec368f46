import * as fs from 'node:fs';
import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { carriedPlan, carryPlan } from '../../src/exec/assembly/carry-plan';
import { survey } from '../../src/exec/survey/survey';
import { unpackCarried } from '../../src/exec/assembly/unpack-carried';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { decodePlan } from '../../src/plan/decode/decode-plan';
import { plan } from '../../src/plan/plan';
import { execute } from '../support/bundle-file';
import { environmentWith } from '../support/python-tools';
import { listTree, temporaryFolder } from '../support/temporary';
import { planOf } from './support/plans';
import { folderOf, HANDLER, requestFor } from './support/requests';

const test = suite('what is included from elsewhere');

const TREE = {
  'fn/index.py': HANDLER,
  'shared/schemas/order.json': '{}',
  'shared/schemas/deep/user.json': '[]',
  'shared/schemas/.env': 'SECRET=1',
  'shared/schemas/__pycache__/x.pyc': '',
  'shared/schemas/notes.md': '',
  'shared/money.py': 'EURO = 1\n',
};

const SCHEMAS = [{ from: '../shared/schemas', to: 'schemas' }];

/** The plan of a function whose construct is defined beside it. */
const planned = (root: string, changes: Partial<BundleRequest> = {}): BundlePlan =>
  planOf(path.join(root, 'fn'), { definingFiles: [path.join(root, 'fn/stack.ts')], ...changes });

const pathsOf = ({ sources }: BundlePlan): readonly string[] => sources.map((source) => source.path);

/** All that is wrong with a request. */
const errorsOf = (root: string, changes: Partial<BundleRequest>): readonly string[] => {
  try {
    planned(root, changes);
    return [];
  } catch (error) {
    return (error as Error).message.replaceAll(root, 'ROOT').split('\n');
  }
};

test('a folder goes in under its name, by the rules of the entry', () => {
  const root = folderOf(TREE);
  const found = planned(root, { include: SCHEMAS, exclude: ['*.md'] });
  assert.equal(pathsOf(found), ['index.py', 'schemas/deep/user.json', 'schemas/order.json']);
  assert.equal(decodePlan(JSON.parse(JSON.stringify(found))), { _tag: 'Right', right: found });
});

test('a file goes in at a path, and a folder beside the entry', () => {
  const root = folderOf(TREE);
  const include = [
    { from: path.join(root, 'shared/money.py'), to: 'lib/money.py' },
    { from: '../shared/schemas/deep', to: '.' },
  ];
  assert.equal(pathsOf(planned(root, { include })), ['index.py', 'lib/money.py', 'user.json']);
});

test('a file that goes to the root of the bundle keeps its name', () => {
  const root = folderOf(TREE);
  const include = [{ from: '../shared/money.py', to: '.' }];
  assert.equal(pathsOf(planned(root, { include })), ['index.py', 'money.py']);
});

test('a file that is named itself goes in, also one that the rules leave out of a folder', () => {
  const root = folderOf(TREE);
  const include = [{ from: '../shared/schemas/.env', to: 'conf/.env' }];
  assert.equal(pathsOf(planned(root, { include })), ['conf/.env', 'index.py']);
});

test('an edit of it changes the hash, and its place on this machine does not', () => {
  const [one, two] = [folderOf(TREE), folderOf(TREE)];
  const hashOf = (root: string): string => planned(root, { include: SCHEMAS }).hash.content;
  assert.is(hashOf(one), hashOf(two));
  fs.writeFileSync(path.join(two, 'shared/schemas/order.json'), '{"a":1}');
  assert.is.not(hashOf(one), hashOf(two));
  assert.is.not(planned(one).hash.content, hashOf(one));
});

test('what is not there, leaves the bundle, or takes the place of a file is an error', () => {
  const root = folderOf({ ...TREE, 'fn/schemas/order.json': '', 'fn/a': '' });
  const to = (place: string) => errorsOf(root, { include: [{ from: '../shared/schemas/deep', to: place }] });
  assert.equal(errorsOf(root, { include: [{ from: '../gone', to: 'gone' }] }), [
    '`bundling.include` names "../gone", which does not exist. Looked for: ROOT/gone',
  ]);
  assert.equal(errorsOf(root, { include: SCHEMAS }), [
    '`bundling.include` puts ROOT/shared/schemas/order.json at schemas/order.json in the bundle, where ROOT/fn/schemas/order.json is. Choose another `to`, or leave one of them out with `bundling.exclude`.',
  ]);
  assert.equal(to('a'), [
    '`bundling.include` puts ROOT/shared/schemas/deep/user.json at a/user.json in the bundle, where ROOT/fn/a is. Choose another `to`, or leave one of them out with `bundling.exclude`.',
  ]);
  for (const place of ['../out', '/etc', 'a/../b', 'a//b', 'a\\b', '']) {
    assert.ok(
      to(place).some(
        (error) => error.includes('bundling.include[0].to') && error.includes('stays inside the bundle'),
      ),
      `${place}: ${to(place).join()}`,
    );
  }
});

test('a link out of it is refused, as one out of the entry is', () => {
  const root = folderOf({ ...TREE, 'secret.txt': '' });
  fs.symlinkSync('../../secret.txt', path.join(root, 'shared/schemas/link.txt'));
  assert.ok(errorsOf(root, { include: SCHEMAS })[0]?.startsWith('ROOT/shared/schemas/link.txt'));
  assert.ok(
    pathsOf(planned(root, { include: SCHEMAS, externalSymlinks: 'follow' })).includes('schemas/link.txt'),
  );
});

test('a carried plan has its files with it', async () => {
  const root = folderOf(TREE);
  const found = planned(root, { include: [...SCHEMAS, { from: '../shared/money.py', to: 'money.py' }] });
  carryPlan({ plan: found, variables: [] });
  fs.rmSync(root, { recursive: true });
  const unpacked = await unpackCarried(
    found,
    path.dirname(carriedPlan(found)),
    temporaryFolder(),
    path.join(temporaryFolder(), path.basename(found.output.path)),
  );
  if (isLeft(unpacked)) throw new Error(JSON.stringify(unpacked.left));
  assert.not(JSON.stringify(unpacked.right).includes(root));
  const [report] = await execute([unpacked.right], {
    ...environmentWith({}),
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
  });
  if (report?.outcome._tag !== 'Bundled') throw new Error(JSON.stringify(report));
  assert.is(fs.readFileSync(path.join(report.outcome.path, 'schemas/order.json'), 'utf8'), '{}');
  assert.is(fs.readFileSync(path.join(report.outcome.path, 'money.py'), 'utf8'), 'EURO = 1\n');
});

test('a file that has changed since is not shipped', async () => {
  const root = folderOf(TREE);
  const found = planned(root, { include: SCHEMAS });
  fs.writeFileSync(path.join(root, 'shared/schemas/order.json'), 'another');
  const [report] = await execute([found], {
    ...environmentWith({}),
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
  });
  assert.equal(report?.outcome, {
    _tag: 'Failed',
    error: { _tag: 'SourceChanged', path: path.join(root, 'shared/schemas/order.json') },
  });
});

const ENCLOSING = '[project]\nname = "root"\nversion = "1"\ndependencies = ["requests"]\n';

test('what it provides needs no declaration further up, and what it imports may', () => {
  const tree = {
    'cdk.json': '{}',
    'fn/index.py': `import money\n${HANDLER}`,
    'shared/money.py': 'EURO = 1\n',
    'pyproject.toml': ENCLOSING,
  };
  const include = [{ from: '../shared', to: '.' }];
  assert.is(planned(folderOf(tree), { include }).install, null);
  const needing = folderOf({ ...tree, 'shared/money.py': 'import os\nimport requests\n' });
  const surveyed = survey(
    requestFor(path.join(needing, 'fn'), { include, definingFiles: [path.join(needing, 'fn/stack.ts')] }),
  )();
  assert.equal(surveyed.needed, {
    declaration: path.join(needing, 'pyproject.toml'),
    file: 'money.py',
    line: 2,
    module: 'requests',
  });
});

test('the entry gets another name beside an included package of its name', () => {
  const root = folderOf({ ...TREE, 'shared/index/__init__.py': '' });
  const found = planned(root, { include: [{ from: '../shared/index', to: 'index' }] });
  assert.equal(pathsOf(found), ['index/__init__.py', 'index_.py']);
  assert.is(found.handler, 'index_.lambda_handler');
});

test('an included file at the place of a module is an error that names both', async () => {
  const root = folderOf({ ...TREE, 'fn/requirements.txt': 'six==1.17.0\n' });
  const include = [{ from: '../shared/money.py', to: 'six.py' }];
  const [report] = await execute([planned(root, { include, executor: 'host' })], {
    ...environmentWith({ uv: true }),
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
  });
  assert.equal(report?.outcome, {
    _tag: 'Failed',
    error: {
      _tag: 'FileConflict',
      path: 'six.py',
      source: path.join(root, 'shared/money.py'),
      distribution: 'six-1.17.0',
    },
  });
});

test('in a layer it lies beside the layer’s own files', async () => {
  const root = folderOf({ ...TREE, 'layer/words.py': '' });
  const request = requestFor(path.join(root, 'layer'), {
    kind: 'layer',
    prefix: 'python',
    include: SCHEMAS,
    definingFiles: [path.join(root, 'layer/stack.ts')],
  });
  const made = plan(request, survey(request)());
  if (isLeft(made)) throw new Error(JSON.stringify(made.left));
  const [report] = await execute([made.right], {
    ...environmentWith({}),
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
  });
  if (report?.outcome._tag !== 'Bundled') throw new Error(JSON.stringify(report));
  assert.equal(
    listTree(report.outcome.path).map((file) => file.path),
    ['notes.md', 'deep/user.json', 'order.json']
      .map((file) => `python/schemas/${file}`)
      .concat('python/words.py')
      .sort(),
  );
});

test('the entry is none of them', () => {
  const root = folderOf(TREE);
  const found = planned(root, { include: SCHEMAS });
  const sources = found.sources.map((source) =>
    source.path === 'index.py' ? { ...source, folder: root } : source,
  );
  const decoded = decodePlan({ ...found, sources });
  assert.ok(isLeft(decoded) && JSON.stringify(decoded.left).includes('is an included file'));
});

test('a snapshot without it has no field of it', () => {
  const request = requestFor(path.join(folderOf(TREE), 'fn/index.py'));
  assert.not('included' in survey(request)());
  assert.not(JSON.stringify(plan(request, survey(request)())).includes('folder'));
});

test.run();
