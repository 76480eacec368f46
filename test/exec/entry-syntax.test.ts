import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { entryFault } from '../../src/exec/bytecode/entry-check';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { Part } from '../../src/exec/store/part';
import { verify } from '../../src/exec/verify/verify-store';
import { folderStore } from '../../src/exec/store/store';
import { sha256 } from '../../src/plan/values/hash';
import { execute } from '../support/bundle-file';
import { findPython, runWith } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { planOf } from './support/plans';
import { folderOf } from './support/requests';

const test = suite("the entry on the target's grammar");

const MATCH =
  'def lambda_handler(event, context):\n    match event:\n        case _:\n            return 1\n';

/** Bundles an entry for a version; the message where it is refused. */
const bundle = async (
  tree: Readonly<Record<string, string>>,
  version: string,
  cache = temporaryFolder(),
  changes: Partial<BundleRequest> = {},
): Promise<string> => {
  const folder = folderOf(tree);
  const plan = planOf(folder, { runtime: { prop: version }, bytecode: 'auto', ...changes });
  const PATH = [findPython(version) ?? '', process.execPath].map((file) => path.dirname(file)).join(':');
  const [report] = await execute([plan], { ...process.env, PATH, CDK_LAMBDA_PYTHON_CACHE: cache });
  const outcome = report?.outcome;
  if (outcome?._tag !== 'Failed') return outcome?._tag ?? 'nothing';
  assert.not(fs.existsSync(plan.output.path));
  return showExecutionError(outcome.error).replace(folder, '');
};

test('syntax that a later version brought, and what no version takes, with line and message', async () => {
  assert.is(
    await bundle({ 'index.py': MATCH }, '3.9'),
    '/index.py:2 does not parse in Python 3.9: invalid syntax. Fix it, or set `runtime` to a version of Python that it is written for.',
  );
  assert.is(await bundle({ 'index.py': MATCH }, '3.11'), 'Bundled');
  assert.match(
    await bundle({ 'index.py': 'def lambda_handler(event, context):\nreturn 1\n' }, '3.11'),
    /^\/index\.py:2 does not parse in Python 3\.11: expected an indented block after function definition on line 1\. /,
  );
});

test('the same is said again from the store, which is whole', async () => {
  const cache = temporaryFolder();
  const first = await bundle({ 'index.py': MATCH }, '3.9', cache);
  assert.is(await bundle({ 'index.py': MATCH }, '3.9', cache), first);
  assert.equal((await verify(folderStore(cache))).broken, []);
});

test('other files may be templates, or for another version', async () => {
  const tree = { 'index.py': 'def lambda_handler(event, context):\n    return 1\n', 'newer.py': MATCH };
  assert.is(await bundle({ ...tree, 'template.py': 'class {{ name }}:\n' }, '3.9'), 'Bundled');
});

test('where no byte code goes in', async () => {
  const off = { bytecode: 'off' } as const;
  assert.match(
    await bundle({ 'index.py': MATCH }, '3.9', temporaryFolder(), off),
    /^\/index\.py:2 does not parse in Python 3\.9: invalid syntax\./,
  );
  assert.is(await bundle({ 'index.py': MATCH, 'x.py': '{{' }, '3.11', temporaryFolder(), off), 'Bundled');
});

/** Commands around nothing to install. */
const whole = (after: string, bytecode: 'auto' | 'off'): Partial<BundleRequest> => ({
  bytecode,
  executor: 'host',
  hooks: { before: [], after: [after] },
});

for (const bytecode of ['auto', 'off'] as const) {
  test(`byte code ${bytecode}: as commands have left it`, async () => {
    const good = { 'index.py': 'def lambda_handler(event, context):\n    return 1\n' };
    const built = (after: string) => bundle(good, '3.11', temporaryFolder(), whole(after, bytecode));
    assert.is(await built('echo "# more" >> {output}/index.py'), 'Bundled');
    assert.match(
      await built('echo "def" >> {output}/index.py'),
      /^\/index\.py:3 does not parse in Python 3\.11: invalid syntax\. /,
    );
  });
}

test('what a container has compiled tells that it could not', () => {
  const plan = planOf(folderOf({ 'index.py': 'def' }), { bytecode: 'auto', ...whole('true', 'auto') });
  const part = (...names: readonly string[]): Part => ({
    files: names.map((name) => ({ path: name, size: 3, executable: false, digest: sha256('def') })),
    zip: null,
    own: true,
    folder: '/part',
  });
  const fault = (bytecode: Part | null, ...built: readonly string[]) =>
    entryFault(folderStore(temporaryFolder()), plan, { modules: part('index.py', ...built), bytecode });
  const made = '__pycache__/index.cpython-311.pyc';
  assert.equal(fault(part('__pycache__/other.cpython-311.pyc')), {
    _tag: 'EntryDoesNotParse',
    path: plan.entry.file,
    python: '3.11',
    line: 1,
    message: 'it could not be compiled',
  });
  assert.equal([fault(part(made)), fault(part(), made), fault(null)], [undefined, undefined, undefined]);
});

runWith(test, '3.9', '3.11');
