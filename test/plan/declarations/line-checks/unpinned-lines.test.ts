import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { markerEnvironment } from '../../../../src/plan/packaging/tags/marker-environment';
import { findRuntime } from '../../../../src/plan/target/python-runtime';
import {
  openLines,
  refusedLines,
  toldLines,
  unfixedLines,
} from '../../../../src/plan/declarations/line-checks/unpinned-lines';
import { showPlanError } from '../../../../src/plan/errors/plan-error';
import type { DependencyRequest } from '../../../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../../../src/plan/request/bundle-request';
import { planned, refusals, request, requirements, requiring, snapshot } from '../../support/world';

const test = suite('lines that nothing fixes');

const runtime = findRuntime('3.13');
const markers = runtime === undefined ? null : markerEnvironment(runtime, 'x86_64');
const FILE = '/app/fn/requirements.txt';

const found = (
  texts: Readonly<Record<string, string>>,
  ...locals: Parameters<typeof requirements>[1] & object
) => unfixedLines(requirements(texts, locals), markers);

test('with file and line, of includes too, and not those that the target does not need', () => {
  const lines = found({
    [FILE]:
      '# what is needed\nidna>=3\n-r more.txt\n-c c.txt\nsix==1\npywin32 ; sys_platform == "win32"\nattrs\n',
    '/app/fn/more.txt': '\nx @ https://u:p@h/x.whl\ny @ git+https://h/y@main\n',
    '/app/fn/c.txt': 'attrs==25\nidna<4\nunused>1\n',
  });
  assert.equal(lines, [
    { file: FILE, line: 2, requirement: 'idna>=3', pin: 'index' },
    { file: '/app/fn/more.txt', line: 2, requirement: 'x @ https://h/x.whl', pin: 'url' },
    { file: '/app/fn/more.txt', line: 3, requirement: 'y @ git+https://h/y@main', pin: 'git' },
  ]);
  // A branch is warned of on its own; a date fixes an index alone.
  assert.equal(
    toldLines(lines).map(({ requirement }) => requirement),
    ['idna>=3', 'x @ https://h/x.whl'],
  );
  assert.is(refusedLines(lines).length, 3);
  assert.equal(
    openLines(lines, { resolvedAsOf: '2026-01-01' }).map(({ pin }) => pin),
    ['url', 'git'],
  );
});

test('what a folder of the user needs, unless the file or another folder has it', () => {
  const pyproject = '[project]\nname = "lib"\nversion = "1"\ndependencies = ["idna", "six", "other-lib"]\n';
  const local = (name: string) =>
    ({ path: `/app/${name}`, name, kind: 'folder', files: [], pyproject }) as const;
  assert.equal(
    found({ [FILE]: '-e ../lib\nsix==1\n' }, local('lib'), { ...local('other_lib'), pyproject: '' }),
    [{ file: '/app/lib/pyproject.toml', line: 4, requirement: 'idna', pin: 'index' }],
  );
});

test('a constraint that leaves versions open fixes nothing for a folder of the user, and one that names a version does', () => {
  const pyproject = '[project]\nname = "lib"\nversion = "1"\ndependencies = ["idna", "six"]\n';
  const local = { path: '/app/lib', name: 'lib', kind: 'folder', files: [], pyproject } as const;
  const idna = [{ file: '/app/lib/pyproject.toml', line: 4, requirement: 'idna', pin: 'index' }];
  assert.equal(found({ [FILE]: '-e ../lib\n-c c.txt\n', '/app/fn/c.txt': 'idna>=3\nsix==1\n' }, local), idna);
  // Nor does a line for another target.
  assert.equal(found({ [FILE]: '-e ../lib\nidna==3 ; sys_platform == "win32"\nsix==1\n' }, local), idna);
});

test('what a folder of the user takes from a branch, by the sources that it names, is open as well', () => {
  const pyproject =
    '[project]\nname = "lib"\nversion = "1"\ndependencies = ["idna"]\n[tool.uv.sources]\nidna = { git = "https://h/y", branch = "main" }\n';
  const local = { path: '/app/lib', name: 'lib', kind: 'folder', files: [], pyproject } as const;
  assert.equal(
    found({ [FILE]: '-e ../lib\n' }, local).map(({ pin, requirement }) => [pin, requirement]),
    [['git', 'idna @ git+https://h/y@main']],
  );
});

test('of several constraints about one name, one of the target that names a version fixes it', () => {
  const of = (constraints: string) =>
    found({ [FILE]: 'idna\n-c c.txt\n', '/app/fn/c.txt': constraints }).map(({ requirement }) => requirement);
  assert.equal(of('idna==3\nidna<4\n'), []);
  assert.equal(of('idna==3 ; sys_platform == "win32"\n'), ['idna']);
});

const warned = (text: string, dependencies: Partial<DependencyRequest> = {}) =>
  planned(
    request({ runtime: { prop: 'python3.13' }, dependencies: { ...DEFAULT_DEPENDENCIES, ...dependencies } }),
    requiring(text),
  ).warnings.map(({ _tag }) => _tag);

test('a plan warns of them, and not where all is pinned or an index is asked as of a date', () => {
  assert.equal(warned('idna>=3\n'), ['NotPinned']);
  assert.equal(warned('idna==3.10\n'), []);
  assert.equal(warned('idna>=3\n', { resolvedAsOf: '2026-01-01' }), []);
  assert.equal(warned('x @ https://h/x-1-py3-none-any.whl\n', { resolvedAsOf: '2026-01-01' }), ['NotPinned']);
});

const refused = (seen: ReturnType<typeof snapshot>, dependencies: Partial<DependencyRequest> = {}) =>
  refusals(
    request({
      runtime: { prop: 'python3.13' },
      dependencies: { ...DEFAULT_DEPENDENCIES, requirePinned: true, ...dependencies },
    }),
    seen,
  ).map(showPlanError);

test('a switch makes it an error, of a branch too', () => {
  assert.equal(refused(requiring('idna==3.10\n')), []);
  assert.equal(refused(requiring('idna>=3\n'), { resolvedAsOf: '2026-01-01' }), []);
  assert.equal(refused(requiring('idna>=3\ny @ git+https://h/y@main\n')), [
    '`dependencies.requirePinned` is set, but /app/lib/requirements.txt does not fix what is installed: another day or another machine may install other versions under the same hash. Not pinned: idna>=3 (/app/lib/requirements.txt:1), y @ git+https://h/y@main (/app/lib/requirements.txt:2). Run `npx cdk-lambda-python lock /app/lib/requirements.txt`.',
  ]);
});

test('a file of the network is an error with each of the two policies: its lines are not known', () => {
  const policy = (dependencies: Partial<DependencyRequest>) =>
    refused(requiring('-r http://u:p@h/c.txt\n-c https://h/c.txt\n'), {
      requirePinned: false,
      ...dependencies,
    });
  const told = (line: number, url: string, policies: string) =>
    `/app/lib/requirements.txt:${line} includes ${url} from the network, but ${policies} set: the requirements of that file are not known when the bundle is planned. Download the file, and include it by its path.`;
  const both = (policies: string) => [
    told(1, 'http://h/c.txt', policies),
    told(2, 'https://h/c.txt', policies),
  ];
  assert.equal(policy({ requireHashes: true }), both('`dependencies.requireHashes` is'));
  assert.equal(policy({ requirePinned: true }), both('`dependencies.requirePinned` is'));
  // A date fixes what an index has, and not what another server has.
  assert.equal(
    policy({ requirePinned: true, resolvedAsOf: '2026-01-01' }),
    both('`dependencies.requirePinned` is'),
  );
  assert.equal(
    policy({ requirePinned: true, requireHashes: true }),
    both('`dependencies.requireHashes` and `dependencies.requirePinned` are'),
  );
  assert.equal(policy({}), []);
});

test('an error names the context key that asks for it, where a key does', () => {
  const requiredBy = { hashes: 'cdk-lambda-python:requireHashes', pinned: 'cdk-lambda-python:requirePinned' };
  const messages = refused(requiring('idna>=3\n-c https://h/c.txt\n'), { requireHashes: true, requiredBy });
  assert.equal(
    messages.map((message) =>
      message.replace(/^.* from the network, but | is set, but .*| are set: .*/g, ''),
    ),
    [
      'the context key `cdk-lambda-python:requireHashes` and the context key `cdk-lambda-python:requirePinned`',
      'The context key `cdk-lambda-python:requireHashes`',
      'The context key `cdk-lambda-python:requirePinned`',
    ],
  );
  assert.match(messages[1] ?? '', /, or remove the key\.$/);
});

const pyproject = (text: string) =>
  snapshot({
    project: {
      kind: 'pyproject',
      source: { file: '/app/lib/pyproject.toml', text },
      manifest: null,
      localPackages: [],
    },
  });

test('a project lists what its own code asks for, so that one version a line fixes nothing', () => {
  const text = '[project]\nname = "a"\nversion = "1"\ndependencies = ["idna==3.10"]\n';
  assert.equal(refused(pyproject(text)), [
    '`dependencies.requirePinned` is set, but /app/lib/pyproject.toml does not fix what is installed: another day or another machine may install other versions under the same hash. Its lines name versions, but nothing fixes the versions of further dependencies. Run `uv lock`.',
  ]);
  assert.equal(refused(pyproject(text), { resolvedAsOf: '2026-01-01' }), []);
  assert.match(refused(pyproject(`${text}[tool.poetry]\n`))[0] ?? '', /Run `poetry lock`\.$/);
  assert.match(refused(pyproject(`${text}[tool.pdm.x]\n`))[0] ?? '', /Run `pdm lock`\.$/);
  assert.equal(refused(pyproject('[project]\nname = "a"\nversion = "1"\ndependencies = []\n')), []);
});

test.run();
