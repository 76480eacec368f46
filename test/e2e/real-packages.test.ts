import * as path from 'node:path';
import * as fs from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { execute, planOfFile } from '../support/bundle-file';
import { machineOfElf } from '../support/elf';
import { handlerOf } from '../support/handler-of';
import { invoke } from '../support/invoke';
import { environmentWith, findPython } from '../support/python-tools';
import { REAL_ANSWER, REAL_HANDLER, REAL_PACKAGES, REAL_REQUIREMENTS } from '../support/real-packages';
import { temporaryFolder, writeTree } from '../support/temporary';

const test = suite('real packages on this machine');

const source = temporaryFolder();
writeTree(source, { 'stack.real.py': REAL_HANDLER, 'requirements.txt': REAL_REQUIREMENTS });
const entry = path.join(source, 'stack.real.py');

const bundle = async (
  tool: 'uv' | 'pip',
  runtime: string,
  architecture: 'x86_64' | 'arm64',
): Promise<{ readonly directory: string; readonly handler: string }> => {
  const plan = planOfFile(entry, {
    runtime,
    architecture,
    executor: 'host',
    outputDirectory: temporaryFolder(),
  });
  const [report] = await execute([plan], {
    ...environmentWith({ [tool]: true }),
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
  });
  assert.is(report?.outcome._tag, 'Bundled', JSON.stringify(report));
  return { directory: plan.output.path, handler: handlerOf(plan) };
};

for (const tool of ['uv', 'pip'] as const) {
  test(`ten of them for Python 3.11, installed by ${tool}, answer through AWS's runtime client`, async () => {
    const python = findPython('3.11');
    const { directory, handler } = await bundle(tool, '3.11', 'x86_64');
    assert.is(handler, 'stack_real.lambda_handler');
    if (python === undefined) {
      console.log('SKIPPED (the call, not the bundle): this machine has no Python 3.11');
      return;
    }
    const answer = await invoke(directory, handler, { names: Object.keys(REAL_PACKAGES) }, { python });
    assert.equal(answer, { ok: true, payload: REAL_ANSWER });
  });
}

test('all native code for Python 3.13 on arm64 is aarch64', async () => {
  const { directory } = await bundle('uv', '3.13', 'arm64');
  const libraries = fs
    .readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.so(\.[\d.]+)?$/.test(file));
  assert.ok(libraries.length > 100, `${libraries.length} libraries`);
  assert.ok(libraries.some((file) => file.includes('cpython-313-aarch64-linux-gnu')));
  const others = libraries.filter((file) => machineOfElf(path.join(directory, file)) !== 'aarch64');
  assert.equal(others, []);
});

test.run();
