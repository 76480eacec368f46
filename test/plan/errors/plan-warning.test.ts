import { isRight } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PlanWarning, showPlanWarning, warningId } from '../../../src/plan/errors/plan-warning';

const test = suite('plan warning');

const functions = ['a', 'b'];
const warnings: readonly (readonly [PlanWarning, id: string, message: string])[] = [
  [
    { _tag: 'DefaultRuntime', runtime: 'python3.7' },
    'cdk-lambda-python:defaultRuntime',
    'No runtime was set, so the documented default python3.7 is used; AWS has not allowed new functions on it since 2024-01-09. Set the `runtime` prop, the context key `cdk-lambda-python:runtime` (for instance "python3.13"), or a `.python-version` file beside the entry.',
  ],
  [
    { _tag: 'DefaultRuntime', runtime: 'python3.7', isUndefined: true },
    'cdk-lambda-python:defaultRuntime',
    'The `runtime` prop is undefined: its name may be misspelled, or newer than the installed aws-cdk-lib. So the documented default python3.7 is used; AWS has not allowed new functions on it since 2024-01-09. Set the `runtime` prop, the context key `cdk-lambda-python:runtime` (for instance "python3.13"), or a `.python-version` file beside the entry.',
  ],
  [
    { _tag: 'HandlerNotDefined', handler: 'main', entry: '/app/x.py', functions },
    'cdk-lambda-python:handlerNotDefined',
    'The handler "main" is not defined at the top level of /app/x.py. The functions it defines: a, b. Set `handler` to one of the names the file defines.',
  ],
  [
    { _tag: 'HandlerNotDefined', handler: 'main', entry: '/app/x.py', functions: [] },
    'cdk-lambda-python:handlerNotDefined',
    'The handler "main" is not defined at the top level of /app/x.py. The file defines no functions. Set `handler` to one of the names the file defines.',
  ],
  [
    { _tag: 'RemoteInclude', file: '/app/requirements.txt', line: 2 },
    'cdk-lambda-python:remoteInclude',
    '/app/requirements.txt:2 includes a file from the network, so changes of it are not noticed. Include a copy of it instead.',
  ],
  [
    { _tag: 'DeclarationNotUsed', used: '/app/requirements.txt', unused: '/app/uv.lock' },
    'cdk-lambda-python:declarationNotUsed',
    '/app/uv.lock declares dependencies as well, but those of /app/requirements.txt are installed. Remove one of the two, or set `dependencies.from`.',
  ],
  [
    { _tag: 'ComputedImport', file: '/app/fn/h.py', line: 3, unused: '/app/uv.lock', from: '../uv.lock' },
    'cdk-lambda-python:computedImport',
    '/app/fn/h.py:3 imports a module whose name is computed, so it is not known whether it needs the project above: /app/uv.lock is not used. If it is needed, set `dependencies.from` to "../uv.lock". If not, acknowledge this warning.',
  ],
  [
    { _tag: 'NotPinned', file: '/app/pyproject.toml', lines: [], command: 'uv lock' },
    'cdk-lambda-python:notPinned',
    '/app/pyproject.toml does not fix what is installed: another day or another machine may install other versions under the same hash. Its lines name versions, but nothing fixes the versions of further dependencies. Run `uv lock`, or set `dependencies.resolvedAsOf` to a date.',
  ],
  [
    {
      _tag: 'NotPinned',
      file: '/app/r.txt',
      lines: [1, 2, 3, 4, 5, 6, 7].map((line) => ({ file: '/app/r.txt', line, requirement: `a${line}` })),
      command: 'npx cdk-lambda-python lock /app/r.txt',
    },
    'cdk-lambda-python:notPinned',
    '/app/r.txt does not fix what is installed: another day or another machine may install other versions under the same hash. Not pinned: a1 (/app/r.txt:1), a2 (/app/r.txt:2), a3 (/app/r.txt:3), a4 (/app/r.txt:4), a5 (/app/r.txt:5), and 2 more. Run `npx cdk-lambda-python lock /app/r.txt`, or set `dependencies.resolvedAsOf` to a date.',
  ],
  [
    { _tag: 'BuildReadsAbove', package: '/app/pk', script: 'setup.py' },
    'cdk-lambda-python:buildReadsAbove',
    "/app/pk/setup.py computes a folder above /app/pk, and may read files there. The build sees only /app/pk, because the text of the script names no file above it. If the script reads one, name its path from the package in the script, in code or in a comment, such as `# ../VERSION`. The file must lie in the app's folder.",
  ],
  [
    { _tag: 'GitNotPinned', file: '/app/pyproject.toml', line: 3, requirement: 'y @ git+https://h/y' },
    'cdk-lambda-python:gitNotPinned',
    '/app/pyproject.toml:3 requires y @ git+https://h/y, which names no commit, so its content may change unnoticed. Name a commit, as in `@<commit>`.',
  ],
  [
    { _tag: 'UndeclaredVariable', names: ['STAGE'] },
    'cdk-lambda-python:undeclaredVariable',
    '`bundling.commandHooks` read STAGE, which `bundling.environment` does not set: its value is not in the hash, so a deployment does not notice a change. Set it there.',
  ],
  [
    { _tag: 'UndeclaredVariable', names: ['AREA', 'STAGE'] },
    'cdk-lambda-python:undeclaredVariable',
    '`bundling.commandHooks` read AREA, STAGE, which `bundling.environment` does not set: their values are not in the hash, so a deployment does not notice a change. Set them there.',
  ],
  [
    { _tag: 'UncountedVariable', names: ['GITHUB_TOKEN'], urls: [] },
    'cdk-lambda-python:uncountedVariable',
    'Your commands read GITHUB_TOKEN (its name is that of a credential) from `bundling.environment`. The hash does not have that value, so a deployment does not notice a change. If it decides the content of the bundle, give the variable a name that is not that of a credential, or set another variable that changes with it.',
  ],
  [
    { _tag: 'UncountedVariable', names: [], urls: ['MIRROR'] },
    'cdk-lambda-python:uncountedVariable',
    'Your commands read the user name and the password in the URL of MIRROR from `bundling.environment`. The hash does not have that value, so a deployment does not notice a change. If it decides the content of the bundle, set another variable that changes with it.',
  ],
  [
    { _tag: 'UncountedVariable', names: ['A_TOKEN', 'B_TOKEN'], urls: ['MIRROR'] },
    'cdk-lambda-python:uncountedVariable',
    'Your commands read A_TOKEN, B_TOKEN (their names are those of credentials), and the user name and the password in the URL of MIRROR from `bundling.environment`. The hash does not have that value, so a deployment does not notice a change. If it decides the content of the bundle, give the variable a name that is not that of a credential, or set another variable that changes with it.',
  ],
  [
    { _tag: 'OutputHash' },
    'cdk-lambda-python:outputHash',
    'AssetHashType.OUTPUT would need the finished bundle in the constructor. The hash of all that decides the output is used instead.',
  ],
];

warnings.forEach(([warning, id, message], index) => {
  test(`${index + 1}: ${warning._tag}`, () => {
    assert.is(warningId(warning), id);
    assert.is(showPlanWarning(warning), message);
    assert.equal(PlanWarning.decode(warning), { _tag: 'Right', right: warning });
  });
});

test('others are refused', () => {
  const refused = [
    { _tag: 'Other' },
    { _tag: 'DefaultRuntime' },
    { _tag: 'DefaultRuntime', runtime: 'python3.7', more: 1 },
    { _tag: 'DefaultRuntime', runtime: 'python3.7', isUndefined: false },
    { _tag: 'RemoteInclude', file: '/x', line: -1 },
    { _tag: 'RemoteInclude', file: '/x', line: 0.5 },
    { _tag: 'DeclarationNotUsed', used: '/x' },
    { _tag: 'GitNotPinned', file: '/x', line: -1, requirement: 'y' },
    { _tag: 'NotPinned', file: '/x', lines: [{ file: '/x', line: 1 }], command: 'y' },
    { _tag: 'UndeclaredVariable', names: ['A=B'] },
    { _tag: 'UncountedVariable', names: ['A'], urls: ['A=B'] },
    { _tag: 'UncountedVariable', names: ['A'] },
    { _tag: 'OutputHash', more: 1 },
    null,
  ];
  for (const warning of refused) assert.not.ok(isRight(PlanWarning.decode(warning)));
});

test.run();
