import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { platformTags } from '../../../src/plan/packaging/tags/platform-tags';
import { runtimeOf } from '../../../src/plan/runtime/target-runtime';

const test = suite('target runtime');

test('a runtime is spelled out for an architecture', () => {
  const runtime = { name: 'python3.12', python: '3.12', glibcMinor: 34 };
  assert.equal(runtimeOf(runtime, 'arm64', 'context'), {
    name: 'python3.12',
    python: '3.12',
    architecture: 'arm64',
    glibc: '2.34',
    platformTags: platformTags(runtime, 'arm64'),
    source: 'context',
  });
});

test.run();
