import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BuildError } from '../../src/exec/errors/build-error';
import type { IndexError } from '../../src/exec/errors/index-error';
import type { VersionError } from '../../src/exec/errors/version-error';
import type { InstallError, InstallerMissing } from '../../src/exec/errors/install-error';
import { sha256 } from '../../src/plan/values/hash';
import { asking, forRuntime } from './advice-row';
import type { Run, RunRow } from './advice-run';
import { offline, runRow, wheelIn } from './advice-run';
import { sourceDistributionBytes } from './sdist';

const ENGINE = 'needs an engine: test/docker';

const DEMO = wheelIn('demo');

/** A source distribution whose build says what it is to be. */
const sdist = (code = ''): Run['tree'] => ({
  'fn/wheels/demo-1.tar.gz': sourceDistributionBytes({ name: 'demo', code }),
});

const NEEDS_C = 'raise SystemExit("error: command \'gcc\' failed: No such file or directory")';

const FORBID = { request: () => ({ sdist: 'forbid' }) } as const satisfies Run;

/** A folder that is an index, as a path. */
const simple = (name: string, wheels: Run['tree'] = DEMO): Run['tree'] =>
  Object.fromEntries(
    Object.entries(wheels ?? {}).flatMap(([file, content]) => {
      const wheel = path.basename(file);
      return [
        [`${name}/demo/index.html`, `<a href="${wheel}">${wheel}</a>`],
        [`${name}/demo/${wheel}`, content],
      ];
    }),
  );

const indexIn = (folder: string): string => pathToFileURL(path.join(folder, 'company')).href;

const OVERRIDDEN: Run = {
  tree: {
    'fn/pyproject.toml':
      '[project]\nname = "fn"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = ["demo==9"]\n[tool.uv]\noverride-dependencies = ["demo==1"]\n',
    ...simple('company'),
  },
  request: (folder) => asking({ index: indexIn(folder) })(),
};

const config = (text: string): Run => ({
  ...offline('demo\n', DEMO, { 'uv.toml': text }),
  environment: (folder) => ({ UV_CONFIG_FILE: path.join(folder, 'uv.toml') }),
});

const indexVariable = (url: string | undefined): Run => ({ environment: () => ({ UV_INDEX: url }) });

const sandbox = (value: string | undefined): Run => ({
  environment: () => ({ CDK_LAMBDA_PYTHON_SANDBOX: value }),
});

const hashed = (digest: string): Run => offline(`demo==1 --hash=sha256:${digest}\n`, DEMO);

/** Advice about installs; a text says where one is tried that this machine cannot try. */
export const ADVICE_OF_INSTALLS = {
  NoInstaller: runRow(
    { ...offline('demo\n', DEMO), tools: {} },
    {
      'Install uv': { tools: { uv: true } },
      'or pip 23.0 or newer': { tools: { pip: true } },
      'or start Docker and set `bundling.executor` to "docker"': ENGINE,
    },
  ),
  InstallerMissing: runRow(
    { ...offline('demo\n', DEMO), tools: { pip: true }, request: () => ({ installer: 'uv' }) },
    {
      'Install uv': { tools: { uv: true } },
      'leave the option out': { request: () => ({ installer: undefined }) as never },
    },
  ),
  NeedsUv: runRow(
    { ...OVERRIDDEN, tools: { pip: true } },
    {
      'Install uv': { tools: { uv: true } },
      'or lock the dependencies with it (`uv lock`)': 'test/hostile/machine-settings.test.ts',
    },
  ),
  PipTooOldForDate: 'an old image: test/exec/container/docker-install.test.ts',
  InvalidSettings: runRow(config('no-index = maybe\n'), {
    'Fix it': config('no-index = true\n'),
    'or remove it': { tree: { 'uv.toml': null }, environment: () => ({ UV_CONFIG_FILE: undefined }) },
  }),
  InvalidIndexVariable: runRow(
    { ...offline('demo\n', DEMO), ...indexVariable('https://a\\b.example/simple') },
    {
      'Fix the URL': indexVariable('https://b.example/simple'),
      'or unset the variable': indexVariable(undefined),
    },
  ),
  NeedsBuild: runRow(offline('demo\n', sdist(NEEDS_C)), {
    'Set `bundling.executor` to "auto" or "docker"': ENGINE,
    'or require a version that has a wheel': offline('demo==2\n', wheelIn('demo', { version: '2' })),
  }),
  NoWayToBuild: runRow(
    {
      ...offline('demo==1\n', sdist(NEEDS_C), wheelIn('demo', { tag: 'cp312-cp312-manylinux2014_x86_64' })),
      request: () => ({ executor: 'auto' }),
    },
    {
      'start Docker': ENGINE,
      'require a version that has a wheel': offline('demo==2\n', wheelIn('demo', { version: '2' })),
      'set `runtime` or `architecture` to one that it has a wheel for': forRuntime('python3.12'),
    },
  ),
  NoSandbox: 'a machine without bubblewrap: test/hostile/sandbox.test.ts',
  InvalidSandbox: runRow(
    { ...offline('demo\n', sdist()), ...sandbox('maybe') },
    {
      'Set it to "require"': 'test/hostile/sandbox.test.ts',
      'or "off"': sandbox('off'),
      'or unset it': sandbox(undefined),
    },
  ),
  BuildNotAllowed: 'of `run`: test/hostile/powers.test.ts',
  SdistForbidden: runRow(
    { ...offline('demo\n', sdist()), ...FORBID },
    {
      'Require a version that has a wheel': offline('demo==2\n', wheelIn('demo', { version: '2' })),
      'build a wheel of it yourself and require that file': offline(
        './wheels/demo-1-py3-none-any.whl\n',
        DEMO,
      ),
      'or set `bundling.sdist`': ENGINE,
    },
  ),
  BuildRuledOut: runRow(offline('--only-binary demo\ndemo==1\n', sdist()), {
    'Require a version that has a wheel': offline(
      '--only-binary demo\ndemo==2\n',
      wheelIn('demo', { version: '2' }),
    ),
    'build a wheel of it yourself and require that file': offline(
      '--only-binary demo\n./wheels/demo-1-py3-none-any.whl\n',
      DEMO,
    ),
    'remove the name from that line': offline('demo==1\n', sdist()),
  }),
  RequirementsConflict: runRow(
    offline('demo==1\nneeds==1\n', DEMO, wheelIn('needs', { requires: ['demo>1'] })),
    {
      'Change one of them so that they agree': offline(
        'demo>1\nneeds==1\n',
        wheelIn('demo', { version: '2' }),
        wheelIn('needs', { requires: ['demo>1'] }),
      ),
      'or ask for another version of the package that needs it': offline(
        'demo==1\nneeds==2\n',
        DEMO,
        wheelIn('needs', { version: '2' }),
      ),
    },
  ),
  VariableNotSet: 'needs an index with a password: test/exec/errors/unset-variable.test.ts',
  HashMismatch: runRow(hashed('0'.repeat(64)), {
    'Lock again': hashed(sha256(Buffer.from(Object.values(DEMO)[0] ?? ''))),
  }),
  InstalledNotPinned: runRow(
    {
      ...offline('demo==1\n', wheelIn('demo', { requires: ['helper'] }), wheelIn('helper')),
      request: asking({ requirePinned: true }),
    },
    { 'or add helper==1 to': offline('demo==1\nhelper==1\n') },
  ),
  NotAsRecorded: 'a cache that was written to: test/hostile/machine-builds.test.ts',
  NotThereThen: 'an index with dates: test/exec/resolved-as-of.test.ts',
  NoSuchVersion: runRow(
    { ...offline('demo==9\n', DEMO), tree: { ...offline('demo==9\n', DEMO).tree, ...simple('company') } },
    {
      'Correct its name or version': offline('demo==1\n'),
      'or name the index that has it with `dependencies.index`': {
        tree: {
          'fn/requirements.txt': 'demo==9\n',
          ...simple('company', wheelIn('demo', { version: '9' })),
        },
        request: (folder) => asking({ index: indexIn(folder) })(),
      },
    },
  ),
  IndexOnLoopback: `${ENGINE}; the message: test/exec/failures/index-on-loopback.test.ts`,
  IndexFailed: 'test/exec/failures/index-failure.test.ts',
  InstallFailed: 'what no other error is about: test/exec/host/host-install.runs.test.ts',
  NothingInstalled: 'an image whose entrypoint does nothing: test/exec/parts/finish-whole.test.ts',
  InvalidUrlVariable: 'test/hostile/urls.test.ts',
  BuildFailed: runRow(offline('demo\n', sdist('raise SystemExit("no version")')), {
    'Fix this error': { tree: sdist() as Record<string, Uint8Array> },
  }),
  BuildSwitchedOff: runRow(
    { ...offline('demo==1\n', sdist()), environment: () => ({ PIP_ONLY_BINARY: 'demo,other' }) },
    {
      'Require a version that has a wheel': offline('demo==2\n', wheelIn('demo', { version: '2' })),
      'build a wheel of it yourself and require that file': offline(
        './wheels/demo-1-py3-none-any.whl\n',
        DEMO,
      ),
      'from that setting': { environment: () => ({ PIP_ONLY_BINARY: 'other' }) },
    },
  ),
  ContainerTried: `${ENGINE}; the message: test/exec/host/auto-install.test.ts`,
  NoGitInImage: `${ENGINE}/local-builds.test.ts; the message: test/exec/git/no-git-in-image.test.ts`,
  GitNotCarried: 'test/exec/git-not-carried.test.ts',
  GitNotCopied: 'test/hostile/git-versions.test.ts',
  IndexOrderNeedsUv: 'test/hostile/index-order.test.ts',
  NotOnFirstIndex: 'test/hostile/index-order.test.ts',
  VariablesRefused: 'both installers: test/hostile/version-variables.test.ts',
  FailedWithVariables: 'both installers: test/hostile/version-variables.test.ts',
} satisfies Readonly<
  Record<(InstallError | InstallerMissing | BuildError | IndexError | VersionError)['_tag'], RunRow | string>
>;
