import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { markerEnvironment } from '../../../../src/plan/packaging/tags/marker-environment';
import { pythonRuntimes } from '../../../../src/plan/target/python-runtime';

const test = suite('marker environment');

const runtime = { name: 'python3.11', python: '3.11', glibcMinor: 26 };

test('it is that of a function, with every variable of PEP 508', () => {
  assert.equal(markerEnvironment(runtime, 'x86_64'), {
    implementation_name: 'cpython',
    implementation_version: '3.11.0',
    os_name: 'posix',
    platform_machine: 'x86_64',
    platform_python_implementation: 'CPython',
    platform_release: '',
    platform_system: 'Linux',
    platform_version: '',
    python_full_version: '3.11.0',
    python_version: '3.11',
    sys_platform: 'linux',
  });
});

test('arm64 is aarch64 to Python, and nothing else differs', () => {
  assert.equal(markerEnvironment(runtime, 'arm64'), {
    ...markerEnvironment(runtime, 'x86_64'),
    platform_machine: 'aarch64',
  });
});

test('the version is that of the runtime, in all its forms', () => {
  assert.equal(
    pythonRuntimes.map((each) => {
      const { python_version, python_full_version, implementation_version } = markerEnvironment(
        each,
        'arm64',
      );
      return [python_version, python_full_version, implementation_version].join(' ');
    }),
    pythonRuntimes.map(({ python }) =>
      // Python 3.9.0 and 3.9.1 are older than the runtime.
      python === '3.9' ? '3.9 3.9.2 3.9.2' : `${python} ${python}.0 ${python}.0`,
    ),
  );
});

test.run();
