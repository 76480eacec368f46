import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/execution-error';
import { verify } from '../../src/exec/verify';
import { folderStore } from '../../src/exec/store';
import { execute } from '../support/bundle-file';
import { findPython, runWith } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';
import { planOf } from './plans';
import { folderOf } from './requests';

const test = suite("the entry on the target's grammar");

const MATCH =
  'def lambda_handler(event, context):\n    match event:\n        case _:\n            return 1\n';

/** Bundles an entry for a version; the message where it is refused. */
const bundle = async (
  tree: Readonly<Record<string, string>>,
  version: string,
  cache = temporaryFolder(),
): Promise<string> => {
  const folder = folderOf(tree);
  const plan = planOf(folder, { runtime: { prop: version }, bytecode: 'auto' });
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
    '/index.py:2 does not parse in Python 3.9: invalid syntax. Mend it, or set `runtime` to a version of Python that it is written for.',
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

runWith(test, '3.9', '3.11');
