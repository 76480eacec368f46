import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { manifestOf, manifestPath, manifestText } from '../../../src/exec/bundle/bundle-manifest';
import { checkImports } from '../../../src/exec/survey/check-imports';
import { keptInMemory } from '../../../src/exec/survey/kept-imports';
import type { PartShelf } from '../../../src/exec/store/part-shelf';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import { planIn, treeOf } from '../../support/planned-tree';

const test = suite('imports of a function, by its plan');

/** A store that has nothing. */
const shelf = (): Pick<PartShelf, 'list' | 'keysOf'> => ({
  list: () => undefined,
  keysOf: () => ({ modules: 'a key', bytecode: null }) as unknown as ReturnType<PartShelf['keysOf']>,
});

/** Missing names as `line:name`; undefined where they are not known. */
const missing = (plan: BundlePlan): string | undefined =>
  checkImports({ shelf, kept: keptInMemory() }, [{ plan, layers: [], isNew: true }])[0]
    ?.map(({ name, line }) => `${line}:${name}`)
    .join(' ');

const planned = (
  files: Readonly<Record<string, string>>,
  python = '3.13',
  changes: Partial<BundleRequest> = {},
): BundlePlan =>
  planIn(treeOf({ 'cdk.json': '{}', ...files }), 'fn/index.py', 'stack.ts', {
    runtime: { prop: `python${python}` },
    ...changes,
  });

const HANDLER = 'def lambda_handler(event, context): ...\n';

test('the standard library is that of the runtime', () => {
  const text = `import tomllib\nimport distutils\nimport imp\n${HANDLER}`;
  const at = (python: string) => missing(planned({ 'fn/index.py': text }, python));
  assert.is(at('3.10'), '1:tomllib');
  assert.is(at('3.11'), '');
  assert.is(at('3.12'), '2:distutils 3:imp');
  assert.is(at('3.14'), '2:distutils 3:imp');
});

test('what Lambda provides is found', () => {
  const text = `import boto3, botocore, urllib3, jmespath, dateutil, six\nimport requests\n${HANDLER}`;
  assert.is(missing(planned({ 'fn/index.py': text })), '2:requests');
});

test('a module of the user that makes modules, or changes the path, leaves open what is there', () => {
  const entry = { 'fn/index.py': `import pkg.made\nimport pkg.gone\n${HANDLER}`, 'fn/pkg/made.py': '' };
  const of = (init: string) => missing(planned({ ...entry, 'fn/pkg/__init__.py': init }));
  assert.is(of(''), '2:pkg.gone');
  assert.is(of('import sys\nsys.modules["pkg.gone"] = 1\n'), '');
  assert.is(of('__path__.append("/opt/more")\n'), '');
  assert.is(of('import sys\nsys.path.append("/opt/more")\n'), '');
  assert.is(of('import site\nsite.addsitedir("/opt/more")\n'), '');
  assert.is(of('import sys\nx = sys.pathological\n'), '2:pkg.gone');
});

/** The manifest of a bundle without files, where its output is to be. */
const finished = (plan: BundlePlan): BundlePlan => {
  const manifest = manifestOf(plan, { parts: [], own: [] }, null);
  fs.mkdirSync(path.dirname(plan.output.path), { recursive: true });
  fs.writeFileSync(manifestPath(plan.output.path), manifestText(manifest));
  return plan;
};

test('nothing is said where it is not known what is installed', () => {
  const files = { 'fn/index.py': `import gone\n${HANDLER}`, 'fn/requirements.txt': 'six==1.17.0\n' };
  assert.is(missing(planned(files)), undefined);
  assert.is(missing(finished(planned(files))), '1:gone');
  // What lies in a layer, or what commands have made, is not in the manifest as Python sees it.
  assert.is(missing(finished(planned(files, '3.13', { dependenciesIn: 'layer' }))), undefined);
  const hooks = { before: ['touch gone.py'], after: [] };
  assert.is(missing(finished(planned(files, '3.13', { hooks }))), undefined);
  assert.is(missing(planned({ 'fn/index.py': files['fn/index.py'] })), '1:gone');
});

test('a module in a syntax of another Python, with Windows line ends, a mark, or another encoding is read', () => {
  const entry = { 'fn/index.py': `import helper\n${HANDLER}` };
  for (const text of [
    '\ufeffX = 1\r\nimport gone\r\n',
    'type X = int\nimport gone\n',
    'print "x"\nimport gone\n',
    'def f(:\nimport gone\n',
  ])
    assert.is(missing(planned({ ...entry, 'fn/helper.py': text })), '2:gone', text);
});

test.run();
