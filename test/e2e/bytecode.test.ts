import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { BytecodeMode } from '../../src/plan/request/bundle-request';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { sha256 } from '../../src/plan/values/hash';
import { execute, planOfFile } from '../support/bundle-file';
import { handlerOf } from '../support/handler-of';
import { invoke } from '../support/invoke';
import { environmentWith, findPython, runWith } from '../support/python-tools';
import { listTree, temporaryFolder, writeTree } from '../support/temporary';
import { unpack } from '../support/unpack';

const test = suite('byte code on Lambda');

const REQUIREMENTS = 'requests==2.32.3\nPyYAML==6.0.2\n';

const ENTRY = `import requests, yaml
from helpers import words

def lambda_handler(event, context):
    return words.both(requests.__version__, yaml.__version__)

def fails(event, context):
    raise ValueError("here")
`;

const project = (): string => {
  const folder = temporaryFolder();
  writeTree(folder, {
    'stack.fn.py': ENTRY,
    'helpers/__init__.py': '',
    'helpers/words.py': 'def both(a, b):\n    return [a, b]\n',
    'helpers/template.py': 'def {{ name }}():\n',
    'tests/test_it.py': 'assert True\n',
    'requirements.txt': REQUIREMENTS,
  });
  return folder;
};

const folder = project();

const planFor = (runtime: string, bytecode: BytecodeMode, from = folder, handler?: string): BundlePlan =>
  planOfFile(path.join(from, 'stack.fn.py'), {
    runtime,
    executor: 'host',
    packaging: 'zip',
    bytecode,
    outputDirectory: temporaryFolder(),
    ...(handler === undefined ? {} : { handler }),
  });

const made = async (plan: BundlePlan, environment: NodeJS.ProcessEnv = {}): Promise<BundlePlan> => {
  const tools = { ...environmentWith({ uv: true }), CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
  const [report] = await execute([plan], { ...tools, ...environment });
  if (report?.outcome._tag === 'Failed') throw new Error(showExecutionError(report.outcome.error));
  return plan;
};

const pythonOf = (version: string): string => {
  const python = findPython(version);
  if (python === undefined) throw new Error(`these tests need a Python ${version}`);
  return python;
};

/** The files that Python runs code of when it imports the handler's module, as it says itself (`-v`). */
const codeRead = (
  plan: BundlePlan,
  version: string,
): { readonly compiled: string[]; readonly parsed: string[] } => {
  const bundle = unpack(plan.output.path);
  const script = 'import sys; sys.path.insert(0, sys.argv[1]); import stack_fn, helpers.words';
  const { stderr, status } = spawnSync(pythonOf(version), ['-I', '-S', '-B', '-v', '-c', script, bundle], {
    encoding: 'utf8',
  });
  assert.is(status, 0, stderr.slice(-500));
  const inBundle = (text: string): string[] => {
    const found = [...text.matchAll(/^# code object from '?([^'\n]+?)'?$/gm)].map((match) => match[1] ?? '');
    return found.filter((file) => file.startsWith(bundle)).map((file) => path.relative(bundle, file));
  };
  const all = inBundle(stderr);
  return {
    compiled: all.filter((file) => file.endsWith('.pyc')),
    parsed: all.filter((file) => !file.endsWith('.pyc')),
  };
};

for (const version of ['3.11', '3.13']) {
  test(`every module is loaded from byte code after a publish and an unpacking: Python ${version}`, async () => {
    const plan = await made(planFor(version, 'require'));
    const { compiled, parsed } = codeRead(plan, version);
    assert.equal(parsed, [], 'modules that were compiled anew');
    const tag = `cpython-${version.replace('.', '')}`;
    for (const file of [
      `__pycache__/stack_fn.${tag}.pyc`,
      `helpers/__pycache__/words.${tag}.pyc`,
      `requests/__pycache__/api.${tag}.pyc`,
      `yaml/__pycache__/loader.${tag}.pyc`,
    ]) {
      assert.ok(compiled.includes(file), file);
    }
  });
}

test('without byte code the same modules are compiled at every start', async () => {
  const plan = await made(planFor('3.13', 'off'));
  const { compiled, parsed } = codeRead(plan, '3.13');
  assert.equal(compiled, []);
  assert.ok(parsed.includes('stack_fn.py') && parsed.includes('requests/api.py'));
  assert.not(listTree(unpack(plan.output.path)).some((file) => file.path.includes('__pycache__')));
});

test('what only tests import has none, nor has a file that is no program', async () => {
  const plan = await made(planFor('3.13', 'require'));
  const files = listTree(unpack(plan.output.path)).map((file) => file.path);
  assert.ok(files.includes('tests/test_it.py') && files.includes('helpers/template.py'));
  assert.equal(
    files.filter((file) => /(^|\/)tests\/.*\.pyc$|template\..*\.pyc$/.test(file)),
    [],
  );
});

test("a handler answers through AWS's client, and a traceback shows the source's lines", async () => {
  const python = pythonOf('3.13');
  const works = await made(planFor('3.13', 'auto'));
  const answer = await invoke(works.output.path, handlerOf(works), {}, { python });
  assert.equal(answer, { ok: true, payload: ['2.32.3', '6.0.2'] });
  const fails = await made(planFor('3.13', 'auto', folder, 'fails'));
  const failure = await invoke(fails.output.path, handlerOf(fails), {}, { python });
  const { stackTrace } = failure.ok ? { stackTrace: [] } : failure.error;
  assert.match(stackTrace.join(''), /stack_fn\.py", line 8, in fails\n {4}raise ValueError\("here"\)/);
});

test('two builds in two places give the same bytes, and none of them names a place', async () => {
  const zips = await Promise.all(
    [folder, project()].map(async (from) => {
      const plan = await made(planFor('3.13', 'require', from));
      return { plan, from, bytes: fs.readFileSync(plan.output.path) };
    }),
  );
  assert.is(zips[0]?.plan.hash.asset, zips[1]?.plan.hash.asset);
  assert.is(...(zips.map(({ bytes }) => sha256(bytes)) as [string, string]));
  for (const { plan, from } of zips) {
    const grep = spawnSync('grep', ['-rlF', from, unpack(plan.output.path)], { encoding: 'utf8' });
    assert.is(grep.stdout, '');
    const tmp = spawnSync('grep', ['-rlF', '/v4/tmp/', unpack(plan.output.path)], { encoding: 'utf8' });
    assert.is(tmp.stdout, '');
  }
});

test("the source's path in byte code is Lambda's, not that of a build", async () => {
  const plan = await made(planFor('3.13', 'require'));
  const script = 'import marshal, sys; print(marshal.loads(open(sys.argv[1], "rb").read()[16:]).co_filename)';
  const pathIn = (file: string): string =>
    execFileSync(pythonOf('3.13'), ['-I', '-c', script, path.join(unpack(plan.output.path), file)], {
      encoding: 'utf8',
    }).trim();
  assert.equal(
    ['__pycache__/stack_fn', 'requests/__pycache__/api'].map((file) => pathIn(`${file}.cpython-313.pyc`)),
    ['/var/task/stack_fn.py', '/var/task/requests/api.py'],
  );
});

test('the byte code is checked by nothing but its version: its flags say so', async () => {
  const plan = await made(planFor('3.13', 'require'));
  const bundle = unpack(plan.output.path);
  const script = 'import sys; print(*{open(f, "rb").read(8)[4] for f in sys.argv[1:]})';
  const files = listTree(bundle).filter((file) => file.path.endsWith('.pyc'));
  const flags = execFileSync(
    pythonOf('3.13'),
    ['-I', '-c', script, ...files.map((file) => path.join(bundle, file.path))],
    { encoding: 'utf8' },
  );
  assert.ok(files.length > 40, `${files.length}`);
  assert.is(flags.trim(), '1', 'PEP 552: hash-based, not checked');
});

test('with no Python of the version: auto goes without and says so once, require is an error', async () => {
  // A version that nobody has yet, and a machine that has other ones.
  const nowhere = { HOME: temporaryFolder(), PYENV_ROOT: temporaryFolder() };
  const pure = project();
  fs.writeFileSync(path.join(pure, 'requirements.txt'), 'six==1.17.0\n');
  const auto = planFor('3.15', 'auto', pure);
  await made(auto, nowhere);
  assert.not(listTree(unpack(auto.output.path)).some((file) => file.path.endsWith('.pyc')));
  const required = planFor('3.15', 'require', pure);
  const tools = { ...environmentWith({ uv: true }), CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(), ...nowhere };
  const [report] = await execute([required], tools);
  assert.match(
    report?.outcome._tag === 'Failed' ? showExecutionError(report.outcome.error) : '',
    /^`bundling\.bytecode` is "require", but no Python 3\.15 could make the bytecode\. Looked at: .*python3, .*\. Install one \(`uv python install 3\.15`\), or set it to "auto"\.$/,
  );
  assert.not(fs.existsSync(required.output.path));
});

runWith(test, '3.11', '3.13');
