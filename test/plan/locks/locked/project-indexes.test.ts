import { isLeft } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DEFAULT_DEPENDENCIES } from '../../../../src/plan/request/bundle-request';
import { projectSet } from '../../../../src/plan/declarations/sets/project-set';
import { projectIndexes } from '../../../../src/plan/locks/locked/project-indexes';
import { showPlanError } from '../../../../src/plan/errors/plan-error';
import type { ProjectDeclaration } from '../../../../src/plan/model/source-snapshot';
import { PYTHON_3_11 } from '../../support/targets';

const test = suite('the indexes that a project with a lock names');

// As uv 0.13 writes it for a script with a package of an explicit index.
const LOCK = `version = 1
revision = 3
requires-python = ">=3.9"

[manifest]
requirements = [
    { name = "corp", index = "https://c.example/simple" },
]

[[package]]
name = "corp"
version = "1.0"
source = { registry = "https://c.example/simple" }
wheels = [
    { url = "https://c.example/files/corp-1.0-py3-none-any.whl", hash = "sha256:${'a'.repeat(64)}" },
]
`;

const script = (url: string): ProjectDeclaration => ({
  kind: 'uv',
  source: { file: '/app/job.py.lock', text: LOCK },
  manifest: {
    file: '/app/job.py',
    text: [
      '# /// script',
      '# requires-python = ">=3.9"',
      '# dependencies = ["corp"]',
      '# [[tool.uv.index]]',
      '# name = "corp-index"',
      `# url = "${url}"`,
      '# explicit = true',
      '# [tool.uv.sources]',
      '# corp = { index = "corp-index" }',
      '# ///',
      'import corp\n',
    ].join('\n'),
  },
  localPackages: [],
});

test('a script: those of its own metadata', () => {
  assert.equal(projectIndexes(script('https://c.example/simple')), [
    { name: 'corp-index', url: 'https://c.example/simple', isDefault: false, isExplicit: true },
  ]);
});

test('a script: its lock is installed with the variables of an index', () => {
  const set = projectSet(script('https://c.example/simple'), DEFAULT_DEPENDENCIES, PYTHON_3_11);
  assert.equal(isLeft(set) ? set.left.map(showPlanError) : set.right?.credentials, [
    { url: 'https://c.example/simple', variables: 'UV_INDEX_CORP_INDEX' },
  ]);
});

test('a script: a password in the URL of an index is an error at its line', () => {
  const set = projectSet(script('https://me:secret@c.example/simple'), DEFAULT_DEPENDENCIES, PYTHON_3_11);
  assert.equal(isLeft(set) ? set.left.map(showPlanError) : [], [
    '/app/job.py:6 has a user name or password of the index https://c.example/simple: it would be in plans, and so in the output of `cdk synth`. Take it out of the URL, and set UV_INDEX_CORP_INDEX_USERNAME and UV_INDEX_CORP_INDEX_PASSWORD, or use a netrc file.',
  ]);
});

test.run();
