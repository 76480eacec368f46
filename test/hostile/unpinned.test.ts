import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { manifestPath, readManifest } from '../../src/exec/bundle-manifest';
import type { BundlePlan } from '../../src/plan/bundle-plan';
import type { DependencyRequest } from '../../src/plan/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../src/plan/bundle-request';
import { cli } from '../cli/command';
import { planOf } from '../exec/plans';
import { folderOf, HANDLER } from '../exec/requests';
import { execute } from '../support/bundle-file';
import { environmentWith } from '../support/python-tools';
import { reliabilityTable } from '../support/reliability-table';
import { temporaryFolder } from '../support/temporary';

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

run();
