import { isLeft } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { projectSet } from '../../../../src/plan/declarations/sets/project-set';
import type { ProjectDeclaration } from '../../../../src/plan/model/source-snapshot';
import { DEFAULT_DEPENDENCIES } from '../../../../src/plan/request/bundle-request';
import { runtimeOf } from '../../../../src/plan/runtime/target-runtime';
import { findRuntime } from '../../../../src/plan/target/python-runtime';

const test = suite('what a project installs');

const runtime = findRuntime('3.11');
if (runtime === undefined) throw new Error('no such runtime');

test('a uv.lock that was made before another package of the workspace changed', () => {
  const lock = [
    'version = 1',
    'requires-python = ">=3.9"',
    '[manifest]',
    'members = ["a", "b"]',
    '[[package]]\nname = "a"\nversion = "1"\nsource = { virtual = "." }\ndependencies = [{ name = "b" }]',
    '[package.metadata]\nrequires-dist = [{ name = "b", editable = "b" }]',
    '[[package]]\nname = "b"\nversion = "1"\nsource = { editable = "b" }',
    '[package.metadata]\nrequires-dist = []',
  ].join('\n');
  const root =
    '[project]\nname = "a"\nversion = "1"\ndependencies = ["b"]\n[tool.uv.workspace]\nmembers = ["b"]\n[tool.uv.sources]\nb = { workspace = true }\n';
  const member = '[project]\nname = "b"\nversion = "1"\ndependencies = ["six"]\n';
  const manifest = { file: '/app/pyproject.toml', text: root };
  const project: ProjectDeclaration = {
    kind: 'uv',
    source: { file: '/app/uv.lock', text: lock },
    manifest,
    localPackages: [
      {
        ...{ path: '/app/b', name: 'b', files: [], kind: 'folder', pyproject: member },
        workspace: { root: manifest, members: [] },
      },
    ],
  };
  const found = projectSet(project, DEFAULT_DEPENDENCIES, runtimeOf(runtime, 'x86_64', 'prop'));
  assert.equal(isLeft(found) && found.left, [
    {
      _tag: 'LockOutdated',
      file: '/app/uv.lock',
      manifest: '/app/b/pyproject.toml',
      line: 4,
      reason: 'it was made without six',
      command: 'uv lock',
    },
  ]);
});

test.run();
