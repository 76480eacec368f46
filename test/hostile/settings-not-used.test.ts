import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cli } from '../cli/support/command';
import { packages, project, read } from '../cli/support/lock-projects';
import { planWith } from '../exec/support/plans';
import { dockerSkipReason } from '../support/docker';
import type { OpenIndex } from '../support/open-index';
import { openIndex } from '../support/open-index';
import { environmentWith } from '../support/python-tools';
import { reliabilityTable } from '../support/reliability-table';
import { corpVersions } from '../support/corp-versions';
import { installedSet } from '../support/installed-set';
import { temporaryFolder, writeTree } from '../support/temporary';
import { machine } from './machines';

const { row, run } = reliabilityTable(
  suite('settings files that choose versions'),
  'hostile: settings files that choose versions',
);

/** What a `pip.conf` may say of versions and builds, besides what counts. */
const OF_PIP: Readonly<Record<string, string>> = {
  'all-releases': ':all:',
  'build-constraint': '/none.txt',
  'config-settings': 'a=b',
  constraint: '/none.txt',
  editable: '/none',
  'global-option': '-x',
  group: 'none',
  'ignore-requires-python': 'true',
  'no-binary': ':all:',
  'no-build-isolation': 'true',
  'no-deps': 'true',
  'only-final': ':none:',
  pre: 'true',
  'prefer-binary': 'true',
  requirement: '/none.txt',
  'uploaded-prior-to': '2001-01-01',
  'use-deprecated': 'legacy-resolver',
};

/** The same of a `uv.toml`, and of its table `[pip]`. */
const OF_UV: Readonly<Record<string, string>> = {
  'build-constraint-dependencies': '["setuptools<1"]',
  'config-settings': '{ a = "b" }',
  'config-settings-package': '{ corp = { a = "b" } }',
  'constraint-dependencies': '["corp<2"]',
  'dependency-metadata': '[{ name = "corp", requires-dist = ["none"] }]',
  'exclude-dependencies': '["helper"]',
  'exclude-newer': '"2001-01-01T00:00:00Z"',
  'exclude-newer-package': '{ corp = "2001-01-01T00:00:00Z" }',
  'extra-build-dependencies': '{ corp = ["none"] }',
  'extra-build-variables': '{ corp = { A = "b" } }',
  'fork-strategy': '"fewest"',
  'no-binary': 'true',
  'no-binary-package': '["corp"]',
  'no-build-isolation': 'true',
  'no-build-isolation-package': '["corp"]',
  'no-sources': 'true',
  'override-dependencies': '["corp==1"]',
  prerelease: '"allow"',
  reinstall: 'true',
  resolution: '"lowest"',
  'torch-backend': '"cpu"',
  upgrade: 'true',
};

const OF_UV_PIP: Readonly<Record<string, string>> = {
  'no-deps': 'true',
  prerelease: '"allow"',
  'python-platform': '"windows"',
  'python-version': '"3.8"',
  resolution: '"lowest"',
};

const lines = (settings: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(settings).map(([name, value]) => `${name} = ${value}`);

const PIP_CONF = ['[install]', ...lines(OF_PIP), ''].join('\n');
const UV_TOML = [
  ...lines(OF_UV),
  '[pip]',
  ...lines(OF_UV_PIP),
  '[[index]]',
  'url = "https://nowhere.invalid/simple"',
  'explicit = true',
  '[[index]]',
  'url = "INDEX"',
  'exclude-newer = "2001-01-01"',
  '',
].join('\n');

const NOT_HONOURED =
  'is not honoured; only settings of indexes, certificates, the network and forbidden builds are';

/** The lines that name all of them, with file and line. */
const expected = (home: string): readonly string[] => [
  ...Object.keys(OF_PIP).map(
    (name, at) => `${path.join(home, '.config/pip/pip.conf')}:${at + 2}: "${name}" ${NOT_HONOURED}`,
  ),
  ...Object.keys(OF_UV).map(
    (name, at) => `${path.join(home, '.config/uv/uv.toml')}:${at + 1}: "${name}" ${NOT_HONOURED}`,
  ),
  ...Object.keys(OF_UV_PIP).map((name) => `"pip.${name}" ${NOT_HONOURED}`),
  `"index (explicit)" ${NOT_HONOURED}`,
  `"index (exclude-newer)" ${NOT_HONOURED}`,
];

const FOLDERS = corpVersions();

/** A machine whose user has both files. */
const withSettings = (
  tool: 'uv' | 'pip',
  index: OpenIndex,
  more: NodeJS.ProcessEnv = {},
): NodeJS.ProcessEnv => {
  const environment = machine(tool, { ...more, CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() });
  writeTree(environment['HOME'] ?? '', {
    '.config/pip/pip.conf': PIP_CONF,
    '.config/uv/uv.toml': UV_TOML.replace('INDEX', index.url),
  });
  return { ...environment, XDG_CONFIG_HOME: '' };
};

const hasAll = (said: string, home: string): void => {
  const missing = expected(home).filter((line) => !said.includes(line));
  assert.is(missing.join('\n'), '');
};

const bundled = async (
  environment: NodeJS.ProcessEnv,
  index: OpenIndex,
  executor: 'host' | 'docker',
): Promise<{ readonly installed: string; readonly said: string }> => {
  const plan = planWith(`--index-url ${index.url}\ncorp\n`, {
    executor,
    docker: { environment: [], volumes: [], network: 'host' },
  });
  const { installed, lines } = await installedSet(plan, environment);
  return { installed, said: lines.join('\n') };
};

row(
  'a `pip.conf` and a `uv.toml` of the user with every setting that chooses versions or builds',
  'none is used, by uv as by pip, here, in a container and for a lock; a line names each with its place',
  async (tryCase) => {
    const index = await openIndex(...FOLDERS);
    try {
      for (const tool of ['uv', 'pip'] as const)
        await tryCase(`${tool} on this machine`, async () => {
          const environment = withSettings(tool, index);
          const { installed, said } = await bundled(environment, index, 'host');
          assert.is(installed, 'corp 2, helper 1', said);
          hasAll(said, environment['HOME'] ?? '');
        });
      await tryCase('a container', async () => {
        const reason = dockerSkipReason('public.ecr.aws/sam/build-python3.11');
        if (reason !== undefined) return console.log(`SKIPPED: ${reason}`);
        const { PATH } = environmentWith({ pip: true, docker: true });
        const environment = withSettings('pip', index, PATH === undefined ? {} : { PATH });
        const { installed, said } = await bundled(environment, index, 'docker');
        assert.is(installed, 'corp 2, helper 1', said);
        hasAll(said, environment['HOME'] ?? '');
      });
      await tryCase('a lock', async () => {
        const environment = withSettings('uv', index);
        const folder = project({ 'requirements.txt': `--index-url ${index.url}\ncorp\n` });
        const { code, stderr } = await cli(['lock', '.', '--runtime', '3.13'], { cwd: folder, environment });
        assert.is(code, 0, stderr);
        assert.is(packages(read(folder)).join(', '), 'corp 2, helper 1');
        hasAll(stderr, environment['HOME'] ?? '');
      });
    } finally {
      index.close();
    }
  },
);

run();
