import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PlanError } from '../../../src/plan/errors/plan-error';
import { showPlanError } from '../../../src/plan/errors/plan-error';

const test = suite('plan error: declarations and locks');

const LOCK = '/app/uv.lock';
const MANIFEST = '/app/pyproject.toml';

const messages: readonly (readonly [PlanError, string])[] = [
  [
    { _tag: 'InvalidDeclaration', file: LOCK, line: 3, reason: 'no `version`' },
    '/app/uv.lock:3 cannot be read: no `version`. Fix it, or regenerate it with the tool that wrote it.',
  ],
  [
    {
      _tag: 'UnknownLockVersion',
      file: LOCK,
      line: 1,
      version: '2',
      known: 'version 1',
      command: 'uv lock',
    },
    '/app/uv.lock:1 is of the version 2; this library reads version 1. Make it anew with `uv lock`, or look for a newer version of this library.',
  ],
  [
    {
      _tag: 'LockOutdated',
      file: LOCK,
      manifest: MANIFEST,
      line: 4,
      reason: 'six is not in it',
      command: 'uv lock',
    },
    '/app/uv.lock is out of date with /app/pyproject.toml:4: six is not in it. Run `uv lock`.',
  ],
  [
    { _tag: 'BuildForbidden', file: '/app/requirements.txt', line: 2, requirement: '-e ../y' },
    '/app/requirements.txt:2 requires -e ../y, which is no wheel and would have to be built, but `bundling.sdist` is "forbid". Build a wheel of it (`uv build --wheel`) and require that file, or set `bundling.sdist` (the context key cdk-lambda-python:sdist, where that says so) to "docker".',
  ],
  [
    { _tag: 'NoLock', manifest: MANIFEST, line: 4, command: 'uv lock' },
    '/app/pyproject.toml:4 declares dependencies, but nothing beside it locks them. Run `uv lock`, or set `dependencies.from` to "none" to install nothing.',
  ],
  [
    { _tag: 'PythonNotSupported', file: LOCK, line: 2, requires: '>=3.12', python: '3.11' },
    '/app/uv.lock:2 is for Python >=3.12, but the function runs on Python 3.11. Set `runtime` to one that it is for, or lock for Python 3.11 as well.',
  ],
  [
    {
      _tag: 'NoFileForTarget',
      file: LOCK,
      line: 9,
      requirement: 'a==1',
      files: ['a-1-cp311-cp311-win_amd64.whl', 'a-1-cp311-cp311-macosx_11_0_arm64.whl'],
    },
    '/app/uv.lock:9 locks a==1, which has no file for the target and no source distribution; it has a-1-cp311-cp311-win_amd64.whl, a-1-cp311-cp311-macosx_11_0_arm64.whl. Lock a version that has one, or set `runtime` or `architecture` to one that it has a file for.',
  ],
  [
    { _tag: 'UnknownGroup', file: MANIFEST, kind: 'group', name: 'dev', known: ['docs', 'test'] },
    '/app/pyproject.toml has no group "dev" (from `dependencies.groups`). It has: docs, test.',
  ],
  [
    { _tag: 'UnknownGroup', file: MANIFEST, kind: 'extra', name: 'dev', known: [] },
    '/app/pyproject.toml has no extra "dev" (from `dependencies.extras`). It has: none.',
  ],
  [
    { _tag: 'DeclarationNotFound', from: 'uv.lock', looked: ['/app/fn/uv.lock', '/app/uv.lock'] },
    '`dependencies.from` is "uv.lock", but there is no such declaration. Looked for:\n  - /app/fn/uv.lock\n  - /app/uv.lock',
  ],
  [
    { _tag: 'DeclarationNotFound', from: 'Beside', looked: [] },
    '`dependencies.from` is "Beside", which is the name of no declaration that is known. Perhaps "beside" is meant. Use "script", "beside", "none", or the path of a requirements.txt (or another .txt), pylock.toml, uv.lock, poetry.lock, Pipfile.lock, pdm.lock or pyproject.toml.',
  ],
  [
    {
      _tag: 'DeclarationNotFound',
      from: 'prod.lock',
      looked: [],
      key: 'cdk-lambda-python:dependenciesFrom',
    },
    'The context key `cdk-lambda-python:dependenciesFrom` is "prod.lock", which is the name of no declaration that is known. Use "script", "beside", "none", or the path of a requirements.txt (or another .txt), pylock.toml, uv.lock, poetry.lock, Pipfile.lock, pdm.lock or pyproject.toml.',
  ],
  [
    { _tag: 'NotHashed', file: '/app/requirements.txt', requirements: ['six==1.16.0', './y'] },
    '`dependencies.requireHashes` is set, but /app/requirements.txt has no hash for: six==1.16.0, ./y. Lock with hashes (`uv pip compile --generate-hashes`, or a lock file), or take the option away.',
  ],
  [
    { _tag: 'InvalidRequirement', file: MANIFEST, line: 4, text: 'six "1"', reason: 'no operator' },
    '/app/pyproject.toml:4 is no requirement: "six \\"1\\"" (no operator). Write it as PEP 508 has it, such as `requests[socks] >= 2.31 ; python_version >= "3.9"`.',
  ],
  [
    {
      _tag: 'InvalidRequirementsOption',
      file: '/app/r.txt',
      line: 2,
      option: '--hash',
      reason: 'has no value after it',
    },
    '/app/r.txt:2 has --hash, which has no value after it. Take it away, or look at the options that a requirements file may have (https://pip.pypa.io/en/stable/reference/requirements-file-format/).',
  ],
  [
    {
      _tag: 'ConflictingRequirements',
      file: '/app/r.txt',
      line: 2,
      text: 'six==1',
      about: 'hashes',
      other: { file: '/app/s.txt', line: 3, text: 'six==1.0' },
    },
    '/app/r.txt:2 requires six==1, but /app/s.txt:3 requires six==1.0: no file has a hash of each. Take one of the two lines away, or give them markers that exclude each other.',
  ],
  [
    { _tag: 'CircularInclude', path: '/app/a.txt', file: '/app/b.txt', line: 1 },
    '/app/b.txt:1 includes /app/a.txt, which includes this file. Take one of the two lines away.',
  ],
  [
    { _tag: 'CredentialsInDeclaration', file: LOCK, line: 6 },
    '/app/uv.lock:6 has a user name or password in a URL. Write the password as a variable, such as `https://user:${NAME}@host`, and set that variable, or use a netrc file: what stands here would become a part of plans.',
  ],
  [
    { _tag: 'DynamicDependencies', file: MANIFEST, line: 7 },
    '/app/pyproject.toml:7 says that its dependencies are dynamic: only a build would tell them. List them under `dependencies`, or lock them.',
  ],
  [
    { _tag: 'LocalUrl', file: MANIFEST, line: 3, text: 'b @ file:../b' },
    '/app/pyproject.toml:3 requires b @ file:../b, a path of this machine in a URL, which is not gathered. Write the path under `[tool.uv.sources]` (`name = { path = "…" }`), or in a requirements.txt.',
  ],
  [
    { _tag: 'WorkspaceMemberNotFound', file: MANIFEST, line: 3, name: 'b', root: null },
    '/app/pyproject.toml:3 takes b from its workspace, but no pyproject.toml around it has a `[tool.uv.workspace]` that it is a member of. Mend `members`, or name its folder with `path`.',
  ],
  [
    { _tag: 'WorkspaceMemberNotFound', file: MANIFEST, line: 3, name: 'b', root: '/pyproject.toml' },
    '/app/pyproject.toml:3 takes b from its workspace, but /pyproject.toml has no member of that name. Mend `members`, or name its folder with `path`.',
  ],
  [
    { _tag: 'IndexNotFollowed', file: MANIFEST, line: 3, name: 'b', index: 'own' },
    '/app/pyproject.toml:3 takes b from the index "own", which only a lock can say of one package: it would be looked for in the default one. Lock it (`uv lock`), or name the index in `dependencies.index` or `dependencies.extraIndexes`.',
  ],
];

messages.forEach(([error, message], index) => {
  test(`${index + 1}: ${error._tag}`, () => {
    assert.is(showPlanError(error), message);
  });
});

test.run();
