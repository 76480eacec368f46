import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { sha256 } from '../../src/plan/values/hash';
import { planOf } from '../exec/support/plans';
import { folderOf } from '../exec/support/requests';
import { backendWheel } from '../support/build-backend';
import { execute } from '../support/bundle-file';
import { INDEX_LOCKS, lockWith } from '../support/index-locks';
import { openIndex } from '../support/open-index';
import { reliabilityTable } from '../support/reliability-table';
import { wheelFolder } from '../support/wheel';
import type { Tool } from './machines';
import { BOTH, machine } from './machines';

const test = suite('which index a locked package comes from');
const { row, run } = reliabilityTable(test, 'hostile: which index a locked package comes from');

const HANDLER = 'def lambda_handler(event, context):\n    return event\n';

/** What the modules of a bundle say of themselves, or why there is none. */
const saidBy = async (
  plan: BundlePlan,
  environment: NodeJS.ProcessEnv,
  modules: readonly string[],
): Promise<readonly string[]> => {
  const [report] = await execute([plan], environment);
  if (report?.outcome._tag === 'Failed') throw new Error(showExecutionError(report.outcome.error));
  return modules.map((name) => fs.readFileSync(path.join(plan.output.path, name), 'utf8').trim());
};

const CORP = wheelFolder('corp', { 'corp.py': 'WHOSE = "corp"\n' });
const STRANGERS = wheelFolder('corp', { 'corp.py': 'WHOSE = "stranger"\n' });
const OURS = wheelFolder('idna', { 'idna.py': 'WHOSE = "public"\n' });
const REBUILT = wheelFolder('idna', { 'idna.py': 'WHOSE = "rebuilt"\n' });
const OLDER = wheelFolder('idna', { 'idna.py': 'WHOSE = "older"\n' }, { version: '0.9' });

const publicIndex = (tool: Tool, url: string): NodeJS.ProcessEnv =>
  tool === 'uv' ? { UV_DEFAULT_INDEX: url } : { PIP_INDEX_URL: url };

const EXPECTED = ['WHOSE = "corp"', 'WHOSE = "public"'];

for (const [what, theirs] of [
  ['another build of a package of the default one', [CORP, REBUILT]],
  ['an older version of a package of the default one', [CORP, OLDER]],
] as const)
  row(
    `a lock has packages of two indexes, of which the second has ${what}, and the first a stranger’s under the name of the other`,
    'each package comes from its own index',
    async (tryCase) => {
      const [everybodys, corps] = [await openIndex(STRANGERS, OURS), await openIndex(...theirs)];
      try {
        const index = { name: 'corp', url: corps.url };
        for (const kind of INDEX_LOCKS)
          for (const tool of BOTH)
            await tryCase(`${kind}, ${tool}`, async () => {
              const lock = lockWith(kind, [{ wheel: CORP, index }, { wheel: OURS }]);
              const plan = planOf(folderOf({ 'index.py': HANDLER, ...lock }));
              const environment = machine(tool, publicIndex(tool, everybodys.url));
              assert.equal(await saidBy(plan, environment, ['corp.py', 'idna.py']), EXPECTED);
            });
      } finally {
        everybodys.close();
        corps.close();
      }
    },
  );

row(
  'a lock says where each package comes from, and the machine names a further index with another build of one',
  'each package comes from its own index',
  async (tryCase) => {
    const [everybodys, corps] = [await openIndex(OURS), await openIndex(CORP)];
    const strangers = await openIndex(STRANGERS, REBUILT);
    try {
      const index = { name: 'corp', url: corps.url };
      const further: Readonly<Record<string, NodeJS.ProcessEnv>> = {
        UV_INDEX: { UV_INDEX: strangers.url },
        PIP_EXTRA_INDEX_URL: { PIP_EXTRA_INDEX_URL: strangers.url },
      };
      for (const kind of ['uv', 'poetry', 'pipenv'] as const)
        for (const tool of BOTH)
          for (const [variable, own] of Object.entries(further))
            await tryCase(`${kind}, ${tool}, ${variable}`, async () => {
              const lock = lockWith(kind, [{ wheel: CORP, index }, { wheel: OURS }]);
              const plan = planOf(folderOf({ 'index.py': HANDLER, ...lock }));
              const environment = machine(tool, { ...publicIndex(tool, everybodys.url), ...own });
              assert.equal(await saidBy(plan, environment, ['corp.py', 'idna.py']), EXPECTED);
            });
    } finally {
      everybodys.close();
      corps.close();
      strangers.close();
    }
  },
);

row(
  'a package of a lock is built, and only the default index has what its build requires',
  'it is built, and packages of the other index come from that',
  async (tryCase) => {
    const [everybodys, corps] = [await openIndex(backendWheel('2')), await openIndex(CORP)];
    try {
      const lock = lockWith('uv', [{ wheel: CORP, index: { name: 'corp', url: corps.url } }]);
      const member =
        '[[package]]\nname = "lib"\nversion = "1"\nsource = { directory = "lib" }\n\n[[package]]\nname = "orders"';
      const files = {
        ...lock,
        'index.py': HANDLER,
        'pyproject.toml': `${(lock['pyproject.toml'] ?? '').replace(']\n[', ', "lib"]\n[')}lib = { path = "lib" }\n`,
        'uv.lock': (lock['uv.lock'] ?? '')
          .replace('[[package]]\nname = "orders"', member)
          .replace('dependencies = [', 'dependencies = [\n    { name = "lib" },')
          .replace(/\]\s*$/, '    { name = "lib", directory = "lib" },\n]\n'),
        'lib/pyproject.toml':
          '[project]\nname = "lib"\nversion = "1"\n[build-system]\nrequires = ["backend"]\nbuild-backend = "backend"\n',
      };
      for (const tool of BOTH)
        await tryCase(tool, async () => {
          const environment = machine(tool, publicIndex(tool, everybodys.url));
          assert.equal(await saidBy(planOf(folderOf(files)), environment, ['corp.py', 'lib.py']), [
            'WHOSE = "corp"',
            "BUILT_BY = '2'",
          ]);
        });
    } finally {
      everybodys.close();
      corps.close();
    }
  },
);

/** A project of `corp` and `idna` with a lock of PDM, which does not say from which source a package comes. */
const pdmProject = (source: string): Readonly<Record<string, string>> => {
  const locked = (wheel: string, name: string): string =>
    `[[package]]\nname = "${name}"\nversion = "1"\ngroups = ["default"]\nfiles = [{file = "${name}-1-py3-none-any.whl", hash = "sha256:${sha256(fs.readFileSync(path.join(wheel, `${name}-1-py3-none-any.whl`)))}"}]\n`;
  return {
    'index.py': HANDLER,
    'pyproject.toml': `[project]\nname = "app"\nversion = "1"\ndependencies = ["corp", "idna"]\n${source}`,
    'pdm.lock': `[metadata]\ngroups = ["default"]\nstrategy = ["inherit_metadata"]\nlock_version = "4.5.1"\n\n[[metadata.targets]]\nrequires_python = ">=3.9"\n\n${locked(CORP, 'corp')}\n${locked(OURS, 'idna')}`,
  };
};

row(
  'a pdm.lock has a package that two indexes may have, and the one that uv asks first has another version of it',
  'the file whose hash is locked is installed',
  async (tryCase) => {
    const older = wheelFolder('idna', { 'idna.py': 'OLD = 1' }, { version: '0.5' });
    const [everybodys, corps] = [await openIndex(OURS), await openIndex(CORP, older)];
    try {
      const source = `[[tool.pdm.source]]\nname = "corp"\nurl = "${corps.url}"\ninclude_packages = ["c*"]\n`;
      const files = pdmProject(source);
      for (const tool of BOTH)
        await tryCase(tool, async () => {
          const environment = machine(tool, publicIndex(tool, everybodys.url));
          assert.equal(await saidBy(planOf(folderOf(files)), environment, ['corp.py', 'idna.py']), EXPECTED);
        });
    } finally {
      everybodys.close();
      corps.close();
    }
  },
);

row(
  'a source of PDM is a page of files (`find_links`), and the default index has a stranger’s package of a name on it',
  'the package comes from the page, and no index is asked for it',
  async (tryCase) => {
    const [everybodys, corps] = [await openIndex(STRANGERS, OURS), await openIndex(CORP)];
    try {
      const source = `[[tool.pdm.source]]\nname = "corp"\ntype = "find_links"\nurl = "${corps.url}/corp"\ninclude_packages = ["corp"]\nexclude_packages = ["*"]\n`;
      const files = pdmProject(source);
      for (const tool of BOTH)
        await tryCase(tool, async () => {
          const environment = machine(tool, publicIndex(tool, everybodys.url));
          assert.equal(await saidBy(planOf(folderOf(files)), environment, ['corp.py', 'idna.py']), EXPECTED);
          assert.equal(
            everybodys.asked.filter((url) => url.includes('corp')),
            [],
          );
        });
    } finally {
      everybodys.close();
      corps.close();
    }
  },
);

run();
