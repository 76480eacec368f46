import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { folderOf } from '../exec/support/requests';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';
import type { Ended } from './support/command';
import { cli } from './support/command';

const test = suite('cli: imports that find nothing');

const HEAD =
  "was not found in the bundle, in layers that this library makes, or in Lambda's runtime for Python 3.13:";

const HANDLER = 'def lambda_handler(event, context): ...\n';

type Run = (command: 'plan' | 'bundle', ...args: readonly string[]) => Promise<Ended>;

/** Runs commands in a new folder, with a store of its own. */
const runIn = (tree: Readonly<Record<string, string>>): Run => {
  const cwd = folderOf(tree);
  const environment = { ...environmentWith({ uv: true }), CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
  return (command, ...args) => {
    const own = command === 'plan' ? ['--json'] : ['--out', 'out', '--force', '--bytecode', 'off'];
    return cli([command, '--runtime', '3.13', ...own, ...args], { cwd, environment });
  };
};

/** What a command warns of. */
const warned = ({ code, stderr }: Ended): readonly string[] => {
  assert.is(code, 0, stderr);
  return stderr
    .split(/^(?=warning: |note: |cdk-lambda-python: )/m)
    .filter((one) => one.startsWith('warning'));
};

test('plan and bundle warn as a synthesis does', async () => {
  const run = runIn({ 'h.py': `import os\nimport nosuch_zz\nimport yaml\n${HANDLER}` });
  const expected = [
    "warning: h.py: 2 imports were not found in the bundle, in layers that this library makes, or in Lambda's runtime for Python 3.13:\n" +
      '  h.py:2 imports nosuch_zz. Add the distribution that provides it to a requirements.txt beside the entry.\n' +
      '  h.py:3 imports yaml. PyYAML provides it: add that to a requirements.txt beside the entry.\n',
  ];
  assert.equal(warned(await run('plan', 'h.py')), expected);
  assert.equal(warned(await run('bundle', 'h.py')), expected);
});

test('a plan warns as far as it is known what is installed, and prints the same', async () => {
  const run = runIn({
    'fn/h.py': `import six\nimport jwt\n${HANDLER}`,
    'fn/requirements.txt': 'six==1.17.0\n',
  });
  const expected = [
    `warning: fn/h.py: One import ${HEAD}\n  fn/h.py:2 imports jwt. PyJWT provides it: add that to fn/requirements.txt.\n`,
  ];
  const before = await run('plan', 'fn/h.py');
  assert.equal(warned(before), []);
  assert.equal(warned(await run('bundle', 'fn/h.py')), expected);
  const after = await run('plan', 'fn/h.py');
  assert.equal(warned(after), expected);
  assert.is(after.stdout, before.stdout);
});

test('nothing is said of imports where no bundle was made', async () => {
  const run = runIn({ 'h.py': `import nosuch_zz\n${HANDLER}`, out: 'a file' });
  const { code, stderr } = await run('bundle', 'h.py');
  assert.is(code, 1);
  assert.not.match(stderr, 'nosuch_zz');
});

test('an entry beside a src folder that imports its own package; the advice helps', async () => {
  const run = runIn({
    'package.json': '{}',
    'b/h.py': `import b\n${HANDLER}`,
    'b/pyproject.toml': '[project]\nname = "b"\nversion = "1"\n',
    'b/src/b/__init__.py': '',
  });
  assert.equal(warned(await run('bundle', 'b/h.py')), [
    `warning: b/h.py: One import ${HEAD}\n  b/h.py:1 imports b. It is found with --include b/src/b=b.\n`,
  ]);
  assert.equal(warned(await run('bundle', 'b/h.py', '--include', 'b/src/b=b')), []);
});

test('an entry in a package of its own; the advice helps', async () => {
  const tree = { 'package.json': '{}', 'app/fn/__init__.py': '', 'app/fn/utils.py': 'U = 1\n' };
  for (const line of ['from fn.utils import U', 'from .utils import U']) {
    const run = runIn({ ...tree, 'app/fn/h.py': `${line}\n${HANDLER}` });
    const name = line.startsWith('from .') ? '.utils' : 'fn';
    assert.equal(warned(await run('plan', 'app/fn/h.py')), [
      `warning: app/fn/h.py: One import ${HEAD}\n  app/fn/h.py:1 imports ${name}. It is found with --root app.\n`,
    ]);
    const helped = await run('plan', 'app/fn/h.py', '--root', 'app');
    assert.equal(warned(helped), []);
    assert.is((JSON.parse(helped.stdout) as { handler: string }).handler, 'fn.h.lambda_handler');
  }
});

test.run();
