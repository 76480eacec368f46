import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { surveyOf } from './support/requests';
import { planIn, treeOf } from '../support/planned-tree';

const test = suite('a Pipfile without packages');

const HANDLER = 'import idna\ndef lambda_handler(e, c): pass\n';
const PIPFILE =
  '[[source]]\nurl = "https://user:secret@pypi.example/simple"\n[dev-packages]\npytest = "*"\n[requires]\npython_version = "3.11"\n';

const planned = (tree: Readonly<Record<string, string>>, changes: Partial<BundleRequest> = {}) => {
  const { runtime, sources, install } = planIn(
    treeOf({ 'cdk.json': '{}', 'fn/h.py': HANDLER, ...tree }),
    'fn/h.py',
    'stack.ts',
    changes,
  );
  return {
    runtime: `${runtime.name} ${runtime.source}`,
    sources: sources.map((source) => source.path),
    unshipped: install?.unshipped,
    installs: install?.requirements,
  };
};

test('chooses the runtime, beside the entry and further up, and nothing is installed', () => {
  const expected = {
    runtime: 'python3.11 requires-python',
    sources: ['h.py'],
    unshipped: undefined,
    installs: undefined,
  };
  assert.equal(planned({ 'fn/Pipfile': PIPFILE }), expected);
  assert.equal(planned({ Pipfile: PIPFILE }), expected);
  assert.equal(
    planned({ 'fn/Pipfile': PIPFILE, 'fn/.python-version': '3.13\n' }).runtime,
    'python3.13 .python-version',
  );
  assert.equal(planned({ 'fn/Pipfile': '[packages]\n' }).runtime, 'python3.7 default');
});

test('no line says that anything is taken from it', () => {
  const folder = treeOf({ 'cdk.json': '{}', 'fn/h.py': HANDLER, Pipfile: PIPFILE });
  const { needed } = surveyOf(path.join(folder, 'fn/h.py'), { definingFiles: [path.join(folder, 'a.ts')] });
  assert.is(needed, undefined);
});

test('is in no bundle, whatever else declares the dependencies', () => {
  const other = { 'fn/requirements.txt': 'idna==3.10\n', 'fn/Pipfile.lock': '{}' };
  assert.equal(planned({ 'fn/Pipfile': PIPFILE, ...other }).sources, ['h.py']);
  const hooks = { before: [], after: ['true'] };
  const { sources, unshipped } = planned({ 'fn/Pipfile': PIPFILE }, { hooks });
  assert.equal(sources, ['Pipfile', 'h.py']);
  assert.equal(unshipped, ['Pipfile']);
});

test.run();
