import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';
import { counter } from '../support/whole-scenario';
import { planOf } from './support/plans';
import { folderOf, HANDLER } from './support/requests';
import { bundled, hooked, message } from './support/whole-builds';

const test = suite('whole builds on this machine: what goes wrong');

test('a failing command: which, how it ended and what it said, without passwords', async () => {
  const before = { before: ['echo one', 'echo https://u:secret@host/ >&2; exit 3', 'echo two'] };
  assert.is(
    await message(hooked({}, before)),
    '`bundling.commandHooks.beforeBundling` ended with exit code 3. Read its output below, fix the command, and synthesize again.\nIts last lines:\n  | one\n  | https://host/',
  );
  assert.match(
    await message(hooked({}, { after: ['no-such-command'] })),
    /^`bundling\.commandHooks\.afterBundling` ended with exit code 127\.[\s\S]* {2}\| .*no-such-command/,
  );
});

test('what failed is not kept', async () => {
  const flag = path.join(temporaryFolder(), 'flag');
  const tree = folderOf({ 'index.py': HANDLER });
  const cache = { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
  const plan = planOf(tree, { hooks: { before: [], after: [`test -e ${flag} || rm index.py`] } });
  assert.is(
    await message(plan, cache),
    `The entry ${tree}/index.py is no longer in the output, as index.py: commands of \`bundling\` have removed or renamed it. Let them leave it where it is.`,
  );
  fs.writeFileSync(flag, '');
  await bundled(plan, cache);
});

test('another entry in the same folder shares what was built, and is looked for in it', async () => {
  const tree = folderOf({ 'index.py': HANDLER, 'other.py': HANDLER });
  const runs = counter(temporaryFolder());
  const cache = { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
  const hooks = { before: [], after: [runs.command, 'rm other.py'] };
  await bundled(planOf(tree, { hooks }), cache);
  const other = planOf(tree, {
    hooks,
    entry: { _tag: 'ByPath', path: path.join(tree, 'other.py'), index: 'index.py' },
  });
  assert.match(await message(other, cache), /^The entry .*other\.py is no longer in the output/);
  assert.is(runs.count(), 1);
});

test('two files at one path, also where one was made', async () => {
  const modules = { 'requirements.txt': 'six==1.16.0\n' };
  const own = hooked({ ...modules, 'six.py': '' }, { after: ['true'] });
  assert.is(
    await message(own),
    `Two files want the path six.py in the bundle: ${own.entry.root}/six.py and one of six-1.16.0. Rename yours, or leave it out with \`bundling.exclude\`.`,
  );
  const made = hooked(modules, { before: ['mkdir six.py', 'touch six.py/x'] });
  assert.is(
    await message(made),
    'Two files want the path six.py in the bundle: what `beforeBundling` made and one of six-1.16.0. Rename yours, or leave it out with `bundling.exclude`.',
  );
});

test('a module that would be imported in place of the entry', async () => {
  const six = hooked({ 'requirements.txt': 'idna==3.6\n', 'idna.py': HANDLER }, { after: ['true'] });
  const plan = planOf(six.entry.root, {
    hooks: six.install?.hooks ?? { before: [], after: [] },
    entry: { _tag: 'ByPath', path: path.join(six.entry.root, 'idna.py'), index: 'index.py' },
  });
  assert.is(
    await message(plan),
    'idna/__init__.py of idna-3.6 would be imported in place of the entry\'s module "idna". Rename the entry.',
  );
});

test('nothing runs where nothing could be installed', async () => {
  const runs = counter(temporaryFolder());
  const plan = hooked({ 'requirements.txt': 'six==1.16.0\n' }, { before: [runs.command] });
  assert.match(await message(plan, environmentWith({})), /^Nothing on this machine can install/);
  assert.is(runs.count(), 0);
});

test('an installer that fails is told as that', async () => {
  const plan = hooked({ 'requirements.txt': 'six==99.0\n' }, { before: ['true'] });
  assert.match(await message(plan), /^No package index that was asked has six==99\.0 for /);
});

test('what is too large for Lambda', async () => {
  const plan = hooked({}, { after: ['head -c 2000000 /dev/zero > zeros'] });
  assert.match(
    await message({ ...plan, output: { ...plan.output, maximumSize: 1_000_000 } }),
    /^The bundle has 1\.9 MB; Lambda takes at most 1\.0 MB unzipped/,
  );
});

test.run();
