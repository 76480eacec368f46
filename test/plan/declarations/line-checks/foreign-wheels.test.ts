import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { foreignWheels } from '../../../../src/plan/declarations/line-checks/foreign-wheels';
import { findRuntime } from '../../../../src/plan/target/python-runtime';
import { runtimeOf } from '../../../../src/plan/runtime/target-runtime';
import { requirements } from '../../support/world';

const test = suite('wheels that are named, and are for something else');

const FILE = '/app/requirements.txt';

const ofFiles = (texts: Readonly<Record<string, string>>) => {
  const runtime = findRuntime('3.11');
  if (runtime === undefined) throw new Error('no runtime');
  return foreignWheels(requirements(texts), runtimeOf(runtime, 'x86_64', 'prop'));
};

const of = (text: string) => ofFiles({ [FILE]: text });

test('paths and URLs', () => {
  const lines = {
    './x-1.0-cp311-cp311-win_amd64.whl': 'cp311-cp311-win_amd64',
    './a#b/x-1.0-cp311-cp311-win_arm64.whl': 'cp311-cp311-win_arm64',
    'wheels/x-1.0-1-cp312-cp312-manylinux_2_17_x86_64.whl': 'cp312-cp312-manylinux_2_17_x86_64',
    'x @ file:./x-1.0-cp311-cp311-linux_aarch64.whl': 'cp311-cp311-linux_aarch64',
    'x[a] @ https://u:p@example.com/a/x-1.0-py3-none-macosx_11_0_arm64.whl#sha256=00 ; python_version > "3"':
      'py3-none-macosx_11_0_arm64',
    'https://example.com/x-1.0%2Bcpu-cp311-cp311-musllinux_1_1_x86_64.whl?a=b --hash=sha256:00':
      'cp311-cp311-musllinux_1_1_x86_64',
    'https://example.com/x-1.0-cp311-cp311-manylinux_2_34_x86_64.whl': 'cp311-cp311-manylinux_2_34_x86_64',
    './x-1.0-py2-none-any.whl ; sys_platform == "linux"': 'py2-none-any',
  };
  const found = of(Object.keys(lines).join('\n'));
  assert.equal(
    found.map((error) => (error._tag === 'WheelNotForTarget' ? [error.line, error.tag] : [])),
    Object.values(lines).map((tag, index) => [index + 1, tag]),
  );
  assert.equal(found[0], {
    _tag: 'WheelNotForTarget',
    file: FILE,
    line: 1,
    wheel: 'x-1.0-cp311-cp311-win_amd64.whl',
    tag: 'cp311-cp311-win_amd64',
    target: 'python3.11 on x86_64',
  });
});

test('constraints ask for nothing', () => {
  const limits = { [FILE]: '-c c.txt\n', '/app/c.txt': './x-1.0-cp311-cp311-win_amd64.whl\n' };
  assert.equal(ofFiles(limits), []);
});

test('what fits, what is left out on the target, and what cannot be told', () => {
  for (const line of [
    './x-1.0-py2.py3-none-any.whl',
    './x-1.0-cp39-abi3-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
    './x-1.0-cp311-cp311-linux_x86_64.whl',
    './x-1.0-cp311-cp311-win_amd64.whl ; sys_platform == "win32"',
    'x @ https://example.com/x-1.0-cp311-cp311-win_amd64.whl ; sys_platform == "win32"',
    'https://example.com/x-1.0-cp311-cp311-win_amd64.whl; sys_platform == "win32"',
    'https://example.com/x-1.0-cp311-cp311-${PLATFORM}.whl',
    './x.whl',
    './x-1.0.tar.gz',
    'git+https://example.com/x-1.0-cp311-cp311-win_amd64',
  ]) {
    assert.equal(of(line), [], line);
  }
});

test.run();
