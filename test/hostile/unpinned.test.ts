import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import { manifestPath, readManifest } from '../../src/exec/bundle/bundle-manifest';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { DependencyRequest } from '../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../src/plan/request/bundle-request';
import { cli } from '../cli/support/command';
import { planOf } from '../exec/support/plans';
import { folderOf, HANDLER } from '../exec/support/requests';
import { execute } from '../support/bundle-file';
import { BACKEND, backendWheel, commitAll } from '../support/build-backend';
import type { OpenIndex } from '../support/open-index';
import { openIndex } from '../support/open-index';
import { environmentWith } from '../support/python-tools';
import { reliabilityTable } from '../support/reliability-table';
import { temporaryFolder } from '../support/temporary';
import { wheelFolder } from '../support/wheel';

const { row, run } = reliabilityTable(suite('what is not pinned'), 'hostile: unpinned');

/** An index as it was on two days, as the machine's own uv sees it. */
const DAYS = ['2023-01-01T00:00:00Z', '2024-06-01T00:00:00Z'];

/** What a plan installs on a day, by the manifest beside its bundle, into a store of its own. */
const installedOn = async (plan: BundlePlan, day: string): Promise<unknown> => {
  const environment = { ...environmentWith({ uv: true }), CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
  const [report] = await execute([plan], environment, { UV_EXCLUDE_NEWER: day });
  if (report?.outcome._tag !== 'Bundled') throw new Error(JSON.stringify(report?.outcome));
  return readManifest(fs.readFileSync(manifestPath(plan.output.path), 'utf8'))?.distributions;
};

const planned = (folder: string, dependencies: Partial<DependencyRequest> = {}): BundlePlan =>
  planOf(folder, { dependencies: { ...DEFAULT_DEPENDENCIES, ...dependencies } });

const DECLARATIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'requirements.txt': { 'index.py': HANDLER, 'requirements.txt': 'idna>=3\n' },
  'index.py': { 'index.py': `# /// script\n# dependencies = ["idna>=3"]\n# ///\n${HANDLER}` },
  'pyproject.toml': {
    'index.py': HANDLER,
    'pyproject.toml': '[project]\nname = "a"\nversion = "1"\ndependencies = ["idna>=3"]\n',
  },
};

const LINES: Readonly<Record<string, number>> = { 'requirements.txt': 1, 'index.py': 2, 'pyproject.toml': 4 };

row(
  'A declaration with `idna>=3`',
  'a warning names the line; `requirePinned` makes it an error',
  async (tryCase) => {
    for (const [name, tree] of Object.entries(DECLARATIONS))
      await tryCase(name, () => {
        const folder = folderOf(tree);
        const file = path.join(folder, name);
        const [warning, ...others] = planned(folder).warnings;
        assert.equal(others, []);
        if (warning?._tag !== 'NotPinned') throw new Error(JSON.stringify(warning));
        assert.equal(warning.lines, [
          { file, line: LINES[name], requirement: warning.lines[0]?.requirement },
        ]);
        assert.throws(
          () => planned(folder, { requirePinned: true }),
          (error: Error) => error.message.includes(`${file}:${LINES[name]}`),
        );
      });
  },
);

row(
  'The index has other versions, for another store',
  '`resolvedAsOf` and a lock install the same',
  async (tryCase) => {
    for (const [name, tree] of Object.entries(DECLARATIONS))
      await tryCase(`${name}, as of a date`, async () => {
        const plan = (): BundlePlan => planned(folderOf(tree), { resolvedAsOf: '2022-12-01' });
        for (const day of DAYS)
          assert.equal(await installedOn(plan(), day), [{ name: 'idna', version: '3.4' }]);
      });
    for (const [name, tree] of Object.entries(DECLARATIONS))
      await tryCase(`${name}, locked`, async () => {
        const folder = folderOf(tree);
        const locked = await cli(['lock', name, '--runtime', '3.11', '--resolved-as-of', '2022-12-01'], {
          cwd: folder,
        });
        assert.is(locked.code, 0, locked.stderr);
        assert.equal(planned(folder).warnings, []);
        for (const day of DAYS)
          assert.equal(await installedOn(planned(folder), day), [{ name: 'idna', version: '3.4' }]);
      });
  },
);

const CORE = wheelFolder('corp_core', { 'corp_core.py': '' }, { version: '1.1', requires: ['helper'] });
const helper = (version: string): string =>
  wheelFolder('helper', { 'helper.py': `VERSION = "${version}"\n` }, { version });

/** The packages that come out, or what is told, with a tool and a store; the index is that of the machine. */
const outcomeOf = async (
  plan: BundlePlan,
  index: OpenIndex,
  { tool = 'uv' as 'uv' | 'pip', store = temporaryFolder() } = {},
): Promise<unknown> => {
  const said = { UV_DEFAULT_INDEX: index.url, PIP_INDEX_URL: index.url };
  const [report] = await execute(
    [plan],
    { ...environmentWith({ [tool]: true }), CDK_LAMBDA_PYTHON_CACHE: store },
    said,
  );
  if (report?.outcome._tag === 'Failed') return showExecutionError(report.outcome.error);
  return readManifest(fs.readFileSync(manifestPath(plan.output.path), 'utf8'))?.distributions.map(
    ({ name, version }) => `${name} ${version}`,
  );
};

const WITH_NEED = (more = ''): Readonly<Record<string, string>> => ({
  'index.py': HANDLER,
  'requirements.txt': `corp-core==1.1\n${more}`,
});

const notPinnedIn = (folder: string, version: string): string =>
  `\`dependencies.requirePinned\` (or the context key \`cdk-lambda-python:requirePinned\`) is set, but neither ${path.join(folder, 'requirements.txt')} nor the files that it includes pin these installed distributions: helper==${version} (needed by corp-core). Another day or another machine may install other versions under the same hash. Run \`npx cdk-lambda-python lock ${path.join(folder, 'requirements.txt')}\`, or add helper==${version} to ${path.join(folder, 'requirements.txt')}.`;

row(
  '`-r` or `-c` of a file on the network',
  'an error with file and line while planning, with `requireHashes` and `requirePinned`',
  async (tryCase) => {
    for (const flag of ['-r', '-c'])
      for (const option of ['requireHashes', 'requirePinned'])
        await tryCase(`${flag}, ${option}`, () => {
          const lines = `idna==3.10 --hash=sha256:${'0'.repeat(64)}\n${flag} http://localhost/c.txt\n`;
          const folder = folderOf({ 'index.py': HANDLER, 'requirements.txt': lines });
          const file = path.join(folder, 'requirements.txt');
          assert.throws(
            () => planned(folder, { [option]: true }),
            (error: Error) =>
              error.message ===
              `${file}:2 includes http://localhost/c.txt from the network, but \`dependencies.${option}\` is set: the requirements of that file are not known when the bundle is planned. Download the file, and include it by its path.`,
          );
        });
  },
);

row(
  'A pinned requirement needs something that no line pins',
  '`requirePinned` names it after the install',
  async (tryCase) => {
    const days = [await openIndex(CORE, helper('1.0')), await openIndex(CORE, helper('3.0'))] as const;
    const pinned = { requirePinned: true };
    for (const tool of ['uv', 'pip'] as const) {
      await tryCase(`${tool}, on two days`, async () => {
        const folder = folderOf(WITH_NEED());
        assert.is(await outcomeOf(planned(folder, pinned), days[0], { tool }), notPinnedIn(folder, '1.0'));
        assert.is(await outcomeOf(planned(folder, pinned), days[1], { tool }), notPinnedIn(folder, '3.0'));
      });
      for (const [name, tree] of [
        ['a line', WITH_NEED('helper==1.0\n')],
        ['a constraint', { ...WITH_NEED('-c c.txt\n'), 'c.txt': 'helper==1.0\n' }],
      ] as const)
        await tryCase(`${tool}, pinned by ${name}`, async () => {
          assert.equal(await outcomeOf(planned(folderOf(tree), pinned), days[0], { tool }), [
            'corp-core 1.1',
            'helper 1.0',
          ]);
        });
    }
    await tryCase('the store has it, made without the policy', async () => {
      const store = temporaryFolder();
      const folder = folderOf(WITH_NEED());
      assert.equal(await outcomeOf(planned(folder), days[0], { store }), ['corp-core 1.1', 'helper 1.0']);
      const asked = days[0].asked.length;
      assert.equal(await outcomeOf(planned(folder), days[0], { store }), ['corp-core 1.1', 'helper 1.0']);
      assert.is(days[0].asked.length, asked, 'the store has it');
      assert.is(await outcomeOf(planned(folder, pinned), days[0], { store }), notPinnedIn(folder, '1.0'));
    });
    await tryCase('a bundle of the same declaration is there, made without the policy', async () => {
      const folder = folderOf(WITH_NEED());
      const outputDirectory = path.join(temporaryFolder(), 'cdk.out');
      const store = temporaryFolder();
      const plan = (dependencies: Partial<DependencyRequest>): BundlePlan =>
        planOf(folder, { outputDirectory, dependencies: { ...DEFAULT_DEPENDENCIES, ...dependencies } });
      await outcomeOf(plan({}), days[0], { store });
      assert.is(await outcomeOf(plan(pinned), days[0], { store }), notPinnedIn(folder, '1.0'));
    });
    await tryCase('what is left out need not be pinned', async () => {
      const plan = planned(folderOf(WITH_NEED()), { ...pinned, omit: ['helper'] });
      assert.equal(await outcomeOf(plan, days[0]), ['corp-core 1.1']);
    });
    await tryCase('commands take part', async () => {
      const folder = folderOf(WITH_NEED());
      const plan = planOf(folder, {
        dependencies: { ...DEFAULT_DEPENDENCIES, ...pinned },
        hooks: { before: [], after: ['rm -rf *.dist-info'] },
      });
      assert.is(await outcomeOf(plan, days[0]), notPinnedIn(folder, '1.0'));
    });
    await tryCase('a repository that a commit names, whose distribution is called otherwise', async () => {
      const repository = folderOf({
        'pyproject.toml':
          '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n[project]\nname = "called-otherwise"\nversion = "1"\n',
        'backend.py': BACKEND,
      });
      const commit = commitAll(repository);
      const folder = folderOf({
        'index.py': HANDLER,
        'requirements.txt': `git+file://${repository}@${commit}\n`,
      });
      for (const tool of ['uv', 'pip'] as const) {
        const plan = planned(folder, pinned);
        assert.equal(plan.install?.pinned, { names: [], hasUnnamed: true });
        assert.equal(await outcomeOf(plan, days[0], { tool }), ['called-otherwise 1']);
      }
    });
    days.forEach((day) => day.close());
  },
);

/** The variables that pin what a build needs, by the tool that reads them. */
const BUILD_CONSTRAINTS = { uv: 'UV_BUILD_CONSTRAINT', pip: 'PIP_CONSTRAINT' } as const;

row(
  'What a local package needs for its build has no version',
  'a file that `bundling.environment` names pins it, and counts by its content',
  async (tryCase) => {
    const index = await openIndex(backendWheel('1.0'), backendWheel('2.0'));
    const project = '[project]\nname = "lib"\nversion = "1"\n';
    const folder = folderOf({
      'index.py': HANDLER,
      'requirements.txt': './lib\n',
      'build.txt': 'backend==1.0\n',
      'lib/pyproject.toml': `[build-system]\nrequires = ["backend"]\nbuild-backend = "backend"\n${project}`,
    });
    const file = path.join(folder, 'build.txt');
    for (const tool of ['uv', 'pip'] as const) {
      const plan = (variables: Readonly<Record<string, string>>): BundlePlan =>
        planOf(folder, {
          dependencies: { ...DEFAULT_DEPENDENCIES, requirePinned: true },
          ...(Object.keys(variables).length === 0 ? {} : { variables }),
          docker: { environment: Object.keys(variables), volumes: [] },
        });
      const builtBy = async (variables: Readonly<Record<string, string>>): Promise<string> => {
        const wanted = plan(variables);
        const tools = { ...environmentWith({ [tool]: true }), CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
        const said = { UV_DEFAULT_INDEX: index.url, PIP_INDEX_URL: index.url };
        const [report] = await execute([wanted], { ...tools, ...said }, variables);
        if (report?.outcome._tag === 'Failed') return showExecutionError(report.outcome.error);
        return fs.readFileSync(path.join(wanted.output.path, 'lib.py'), 'utf8');
      };
      await tryCase(tool, async () => {
        const pinning = { [BUILD_CONSTRAINTS[tool]]: file };
        const before = plan(pinning).hash.asset;
        assert.equal([await builtBy({}), await builtBy(pinning)], ["BUILT_BY = '2.0'", "BUILT_BY = '1.0'"]);
        fs.writeFileSync(file, 'backend==2.0\n');
        assert.is.not(plan(pinning).hash.asset, before);
        fs.writeFileSync(file, 'backend==1.0\n');
        assert.is(plan(pinning).hash.asset, before);
      });
    }
    index.close();
  },
);

row(
  'A wheel in a folder of this machine is another one, and `UV_OFFLINE` is on',
  'the new one is installed; uv is given no option that it does not take offline',
  async (tryCase) => {
    await tryCase('UV_FIND_LINKS', async () => {
      const links = helper('1.0');
      const [name = ''] = fs.readdirSync(links);
      const cache = temporaryFolder();
      const installed = async (): Promise<string> => {
        const plan = planned(folderOf({ 'index.py': HANDLER, 'requirements.txt': 'helper\n' }));
        const environment = {
          ...environmentWith({ uv: true }),
          CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
          UV_CACHE_DIR: cache,
          UV_FIND_LINKS: links,
          UV_OFFLINE: '1',
        };
        const [report] = await execute([plan], environment);
        if (report?.outcome._tag === 'Failed') return showExecutionError(report.outcome.error);
        return fs.readFileSync(path.join(plan.output.path, 'helper.py'), 'utf8');
      };
      assert.is(await installed(), 'VERSION = "1.0"\n');
      const other = wheelFolder('helper', { 'helper.py': 'OTHER = True\n' }, { version: '1.0' });
      fs.copyFileSync(path.join(other, name), path.join(links, name));
      assert.is(await installed(), 'OTHER = True\n');
    });
  },
);

run();
