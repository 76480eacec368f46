import type { PlanError } from '../../src/plan/errors/plan-error';
import type { AdviceRow } from './advice-row';
import { asking, forRuntime, requiring, row } from './advice-row';
import { OF_FOLDER_INDEX, OF_NAMED_WHEEL } from './folder-index';

const HASH = `sha256:${'a'.repeat(64)}`;

const PROJECT = '[project]\nname = "app"\nversion = "1"\n';

const INDEXED = `${PROJECT}dependencies = ["six==1.17.0"]\n[tool.uv.sources]\nsix = { index = "own" }\n`;

const withDependency = (requirement: string): string => `${PROJECT}dependencies = ["${requirement}"]\n`;

const uvProject = (more: string) => ({
  tree: { 'fn/pyproject.toml': `${PROJECT}dependencies = ["six==1.17.0"]\n${more}` },
});

/** Advice about what declares dependencies; a text says where one is tried that needs more than a plan. */
export const ADVICE_OF_DECLARATIONS = {
  EncodingNotUtf8: row(requiring('# -*- coding: latin-1 -*-\nsix==1.17.0\n'), {
    'remove the name of the encoding': requiring('six==1.17.0\n'),
  }),
  NotUtf8: row(
    { tree: { 'fn/requirements.txt': Buffer.from('# caf\xe9\nsix==1.17.0\n', 'latin1') } },
    { 'Save the file as UTF-8': requiring('# café\nsix==1.17.0\n') },
  ),
  IncludeNotFound: row(requiring('-r common.txt\n', { tree: { 'common.txt': 'six==1.17.0\n' } }), {
    'relative to the file that includes them': requiring('-r ../common.txt\n'),
  }),
  LocalPackageNotFound: row(requiring('./shared\n', { tree: { 'shared/pyproject.toml': PROJECT } }), {
    'relative to the folder of the declaration': requiring('../shared\n'),
  }),
  NotAPackage: row(requiring('-e ../shared\n', { tree: { 'shared/a.py': '', 'shared/lib/setup.py': '' } }), {
    'Name ': requiring('-e ../shared/lib\n'),
    'or add one': { tree: { 'shared/pyproject.toml': PROJECT } },
  }),
  InvalidDeclaration: row(OF_FOLDER_INDEX, {
    'name the wheel itself with `path` in [tool.uv.sources]': OF_NAMED_WHEEL,
  }),
  BuildForbidden: row(
    requiring('../shared\n', {
      tree: { 'shared/pyproject.toml': PROJECT, 'shared-1-py3-none-any.whl': 'x' },
      request: () => ({ sdist: 'forbid' }),
    }),
    {
      'Build a wheel of it': requiring('../shared-1-py3-none-any.whl\n'),
      'to "docker"': { request: () => ({ sdist: 'docker' }) },
    },
  ),
  NoLock: row(
    { tree: { 'fn/Pipfile': '[packages]\nsix = "*"\n' } },
    {
      'set `dependencies.from` to "none"': { request: asking({ from: 'none' }) },
    },
  ),
  UnknownGroup: row(
    {
      tree: { 'fn/pyproject.toml': `${PROJECT}[dependency-groups]\nlambda = ["six==1.17.0"]\n` },
      request: asking({ groups: ['lamda'] }),
    },
    { 'It has: lambda': { request: asking({ groups: ['lambda'] }) } },
  ),
  DeclarationNotChosen: row(
    {
      tree: {
        'fn/index.py': 'import idna\ndef lambda_handler(event, context): return 1\n',
        'fn/requirements/prod.txt': 'idna==3.10\n',
        'fn/requirements/test.txt': 'pytest\n',
      },
    },
    {
      'Set it to "requirements/prod.txt"': {
        request: asking({ from: 'requirements/prod.txt' }),
      },
      'or to another of them': { request: asking({ from: 'requirements/test.txt' }) },
      'or to "none"': { request: asking({ from: 'none' }) },
    },
  ),
  DeclarationNotFound: row(
    { tree: { 'fn/requirements-prod.txt': 'six==1.17.0\n' }, request: asking({ from: 'prod.txt' }) },
    {},
  ),
  NotHashed: row(requiring('six==1.17.0\n', { request: asking({ requireHashes: true }) }), {
    'Lock with hashes': requiring(`six==1.17.0 --hash=${HASH}\n`),
    'remove the option': { request: asking({}) },
  }),
  HashesForSome: row(requiring(`six==1.17.0\nidna==3.10 --hash=${HASH}\n`), {
    'Generate the file with hashes for all': requiring(
      `six==1.17.0 --hash=${HASH}\nidna==3.10 --hash=${HASH}\n`,
    ),
    'remove all hashes': requiring('six==1.17.0\nidna==3.10\n'),
  }),
  NotPinned: 'test/cli/lock.test.ts: its advice is a command',
  InvalidRequirement: row(requiring('six 1.17\n'), {
    'Write it in the form of PEP 508': requiring('six ~= 1.17\n'),
  }),
  InvalidRequirementsOption: row(requiring('six==1.17.0 --hash=sha256:12\n'), {
    'Copy it again from its publisher': requiring(`six==1.17.0 --hash=${HASH}\n`),
  }),
  ConflictingRequirements: row(requiring('six==1.17.0\nsix==1.16.0\n'), {
    'Remove one of the two lines': requiring('six==1.17.0\n'),
    'markers that exclude each other': requiring(
      'six==1.17.0; python_version >= "3.11"\nsix==1.16.0; python_version < "3.11"\n',
    ),
  }),
  WheelNotForTarget: row(
    requiring('../a-1-cp313-cp313-manylinux_2_17_x86_64.whl\n', {
      tree: {
        'a-1-cp313-cp313-manylinux_2_17_x86_64.whl': '',
        'a-1-cp311-cp311-manylinux_2_17_x86_64.whl': '',
      },
    }),
    {
      'Name a wheel that does': requiring('../a-1-cp311-cp311-manylinux_2_17_x86_64.whl\n'),
      'give the line a marker': requiring(
        'a @ file:../a-1-cp313-cp313-manylinux_2_17_x86_64.whl ; python_version >= "3.13"\n',
      ),
      'set `runtime`': forRuntime('python3.13'),
    },
  ),
  MomentInFuture: 'test/construct/request/dependency-request.test.ts: a plan knows no clock',
  VariableInRequirement: row(requiring('six==${VERSION}\n'), {
    'Write the value itself': requiring('six==1.17.0\n'),
  }),
  ChecksSwitchedOff: row(
    requiring('six==1.17.0\n', { request: () => ({ variables: { UV_NO_VERIFY_HASHES: '1' } }) }),
    { 'must be left out': { request: () => ({ variables: {} }) } },
  ),
  InvalidIndexVariable: row(
    requiring('six==1.17.0\n', {
      request: () => ({ variables: { UV_INDEX_URL: 'pypi.example.com/simple' } }),
    }),
    {
      'Fix the URL': {
        request: () => ({ variables: { UV_INDEX_URL: 'https://pypi.example.com/simple' } }),
      },
    },
  ),
  IncludeNotKnown: row(
    requiring('-r https://example.com/common.txt\n', { request: asking({ requireHashes: true }) }),
    {
      'Download the file, and include it by its path': requiring('-r common.txt\n', {
        tree: { 'fn/common.txt': `six==1.17.0 --hash=${HASH}\n` },
      }),
    },
  ),
  IndexNotRead: 'test/hostile/local-index.test.ts: a folder that cannot be read',
  UvSettingNotFollowed: row(uvProject('[tool.uv]\nfuture-setting = true\n'), {
    'remove the setting': uvProject(''),
  }),
  UvSettingInvalid: row(uvProject('[tool.uv]\nprerelease = 1\n'), {
    'Fix the value': uvProject('[tool.uv]\nprerelease = "allow"\n'),
  }),
  InstallerNotAble: row(
    {
      ...uvProject('[tool.uv]\noverride-dependencies = ["six==1.16.0"]\n'),
      request: () => ({ installer: 'pip' }),
    },
    {
      'Set `bundling.installer` to "uv"': { request: () => ({ installer: 'uv' }) },
      'leave it out': { request: () => ({ installer: undefined }) as never },
      'remove the settings': uvProject(''),
    },
  ),
  NotInEnvironments: row(uvProject('[tool.uv]\nenvironments = ["python_version >= \'3.13\'"]\n'), {
    'Set `runtime`': forRuntime('python3.13'),
    "add the function's environment": uvProject('[tool.uv]\nenvironments = ["python_version >= \'3.11\'"]\n'),
  }),
  ToolSettingNotFollowed: row(
    {
      tree: {
        'fn/pyproject.toml': `${PROJECT}dependencies = ["six==1.17.0"]\n[tool.pdm.resolution]\nexcludes = ["idna"]\n`,
      },
    },
    { 'remove the setting': uvProject('') },
  ),
  IndexNotNamed: row(
    { tree: { 'fn/pyproject.toml': INDEXED } },
    {
      'add the index': {
        tree: {
          'fn/pyproject.toml': `${INDEXED}[[tool.uv.index]]\nname = "own"\nurl = "https://example.com/simple"\n`,
        },
      },
      'in `dependencies.index`': { request: asking({ index: 'https://example.com/simple' }) },
    },
  ),
  TwoIndexes: 'test/plan/declarations/tool-uv: its advice is an example of a marker',
  ExcludeEachOther: 'test/plan/declarations/tool-uv: choose one of them',
  IncludedNotFound: 'test/exec/include.test.ts',
  IncludeConflict: 'test/exec/include.test.ts',
  CircularInclude: row(requiring('-r a.txt\n', { tree: { 'fn/a.txt': '-r requirements.txt\n' } }), {
    'Remove one of the two lines': { tree: { 'fn/a.txt': 'six==1.17.0\n' } },
  }),
  CredentialsInDeclaration: row(
    {
      tree: { 'fn/pyproject.toml': withDependency('a @ https://me:secret@example.com/a-1-py3-none-any.whl') },
    },
    {
      'Write the password as a variable': {
        tree: {
          'fn/pyproject.toml': withDependency('a @ https://me:${NAME}@example.com/a-1-py3-none-any.whl'),
        },
      },
      'use a netrc file': {
        tree: { 'fn/pyproject.toml': withDependency('a @ https://example.com/a-1-py3-none-any.whl') },
      },
    },
  ),
  DynamicDependencies: row(
    { tree: { 'fn/pyproject.toml': '[project]\nname = "a"\nversion = "1"\ndynamic = ["dependencies"]\n' } },
    {
      'List them under `dependencies`': {
        tree: { 'fn/pyproject.toml': `${PROJECT}dependencies = ["six==1.17.0"]\n` },
      },
    },
  ),
  UnknownLockVersion: 'test/plan/locks: its advice is a command',
  LockOutdated: 'test/cli/lock.test.ts: its advice is a command',
  PythonNotSupported: row(
    {
      tree: { 'fn/pyproject.toml': `${PROJECT}requires-python = ">=3.13"\ndependencies = ["six==1.17.0"]\n` },
    },
    { 'Set `runtime` to one that it allows': forRuntime('python3.13') },
  ),
  LockNotForTarget: 'test/plan/locks/uv/uv-lock.test.ts: its advice is a command',
  NoFileForTarget: row(
    {
      tree: {
        'fn/pyproject.toml': withDependency('six==1.17.0'),
        'fn/pylock.toml':
          'lock-version = "1.0"\ncreated-by = "x"\n[[packages]]\nname = "six"\nversion = "1.17.0"\n' +
          `wheels = [{ url = "https://example.com/six-1.17.0-cp313-cp313-manylinux_2_17_x86_64.whl", hashes = { sha256 = "${'a'.repeat(64)}" } }]\n`,
      },
    },
    { 'set `runtime`': forRuntime('python3.13') },
  ),
  InvalidUrl: 'test/plan/declarations/line-checks/requirements-check.test.ts: the reason is the advice',
  LocalUrl: row(
    {
      tree: {
        'fn/pyproject.toml': withDependency('b @ file:../b'),
        'b/pyproject.toml': PROJECT.replace('app', 'b'),
      },
    },
    {
      'under `[tool.uv.sources]`': {
        tree: { 'fn/pyproject.toml': `${withDependency('b')}[tool.uv.sources]\nb = { path = "../b" }\n` },
      },
      'in a requirements.txt': { tree: { 'fn/requirements.txt': '../b\n', 'fn/pyproject.toml': null } },
    },
  ),
  WorkspaceMemberNotFound: 'test/exec/survey/uv-workspace.test.ts: it needs a repository',
  IndexNotFollowed: row(
    {
      tree: {
        'fn/requirements.txt': './b\n',
        'fn/b/pyproject.toml':
          `${withDependency('b')}[tool.uv.sources]\nb = { index = "own" }\n` +
          '[[tool.uv.index]]\nname = "own"\nurl = "https://example.com/simple"\nexplicit = true\n',
      },
    },
    {
      'in `dependencies.index`': { request: asking({ index: 'https://example.com/simple' }) },
      '`dependencies.extraIndexes`': { request: asking({ extraIndexes: ['https://example.com/simple'] }) },
    },
  ),
} as const satisfies Readonly<Partial<Record<PlanError['_tag'], AdviceRow | string>>>;
