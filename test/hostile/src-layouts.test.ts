import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { handlerOf } from '../support/handler-of';
import { madeAnswer } from '../support/made-answer';
import { planIn, treeOf } from '../support/planned-tree';
import { reliabilityTable } from '../support/reliability-table';
import { temporaryFolder } from '../support/temporary';

const { row, run } = reliabilityTable(suite('src layouts, invoked'), 'hostile: src layouts, invoked');

interface Layout {
  readonly backend: string;
  /** The folder of packages. */
  readonly root: string;
  /** What the project says beside its name, its version and its backend. */
  readonly says?: string;
  /** Further files; what is undefined is not there. */
  readonly more?: Readonly<Record<string, string | undefined>>;
}

const UV = '"uv_build"\nrequires = ["uv_build"]';
const HATCH = '"hatchling.build"\nrequires = ["hatchling"]';
const SETUPTOOLS = '"setuptools.build_meta"\nrequires = ["setuptools"]';
const POETRY = '"poetry.core.masonry.api"\nrequires = ["poetry-core"]';
const FLIT = '"flit_core.buildapi"\nrequires = ["flit_core"]';
const PDM = '"pdm.backend"\nrequires = ["pdm-backend"]';

const LAYOUTS: Readonly<Record<string, Layout>> = {
  uv_build: { backend: UV, root: 'src' },
  'uv_build, module-root': {
    backend: UV,
    root: 'python',
    says: '[tool.uv.build-backend]\nmodule-root = "python"',
  },
  'hatch, packages': {
    backend: HATCH,
    root: 'src',
    says: '[tool.hatch.build.targets.wheel]\npackages = ["src/functions"]',
  },
  'hatch, sources': { backend: HATCH, root: 'lib', says: '[tool.hatch.build]\nsources = ["lib"]' },
  'hatch, sources by name': {
    backend: HATCH,
    root: 'lib',
    says: '[tool.hatch.build.targets.wheel.sources]\n"lib/functions" = "functions"',
  },
  'setuptools, found by itself': { backend: SETUPTOOLS, root: 'src' },
  'setuptools, find': {
    backend: SETUPTOOLS,
    root: 'lib',
    says: '[tool.setuptools.packages.find]\nwhere = ["lib"]',
  },
  'setuptools, package-dir': {
    backend: SETUPTOOLS,
    root: 'lib',
    says: '[tool.setuptools]\npackage-dir = { "" = "lib" }',
  },
  'setuptools, package-dir of one package': {
    backend: SETUPTOOLS,
    root: 'lib',
    says: '[tool.setuptools]\npackages = ["functions", "functions.api"]\npackage-dir = { functions = "lib/functions" }',
  },
  'setup.cfg, package_dir': {
    backend: SETUPTOOLS,
    root: 'code',
    more: {
      'setup.cfg': '[metadata]\nname = functions\n[options]\npackage_dir =\n    = code\npackages = find:\n',
    },
  },
  'setup.cfg, find': {
    backend: SETUPTOOLS,
    root: 'code',
    more: { 'setup.cfg': '[options]\npackages = find:\n\n[options.packages.find]\nwhere = code\n' },
  },
  'setup.py, package_dir, without a pyproject.toml': {
    backend: SETUPTOOLS,
    root: 'code',
    more: {
      'setup.py': "from setuptools import setup\nsetup(name='functions', package_dir={'': 'code'})\n",
      'pyproject.toml': undefined,
    },
  },
  'poetry, packages in the own folder': {
    backend: POETRY,
    root: '',
    says: '[tool.poetry]\npackages = [{ include = "functions" }]',
    more: { 'tests/big.py': '', 'README.md': 'x' },
  },
  'poetry, found by itself': { backend: POETRY, root: 'src' },
  'poetry, packages from': {
    backend: POETRY,
    root: 'lib',
    says: '[tool.poetry]\npackages = [{ include = "functions", from = "lib" }]',
  },
  flit: { backend: FLIT, root: 'src' },
  'flit, module': { backend: FLIT, root: 'src', says: '[tool.flit.module]\nname = "functions"' },
  'pdm, found by itself': { backend: PDM, root: 'src' },
  'pdm, package-dir': { backend: PDM, root: 'lib', says: '[tool.pdm.build]\npackage-dir = "lib"' },
};

const treeFor = (
  { backend, root, says = '', more = {} }: Layout,
  line: string,
): Readonly<Record<string, string>> => {
  const files: Readonly<Record<string, string | undefined>> = {
    'cdk.json': '{}',
    'pyproject.toml': `[project]\nname = "functions"\nversion = "1"\ndescription = "x"\nrequires-python = ">=3.13"\n[build-system]\nbuild-backend = ${backend}\n${says}\n`,
    [`${root === '' ? '' : `${root}/`}functions/__init__.py`]: '',
    [`${root === '' ? '' : `${root}/`}functions/utils.py`]: 'U = "util"\n',
    [`${root === '' ? '' : `${root}/`}functions/api/__init__.py`]: '',
    [`${root === '' ? '' : `${root}/`}functions/api/health.py`]: `${line}\ndef handler(event, context): return [U, __name__]\n`,
    ...more,
  };
  return Object.fromEntries(
    Object.entries(files).flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const])),
  );
};

for (const line of ['from functions.utils import U', 'from ..utils import U'])
  row(
    `an entry in a \`src\` layout imports its own package: \`${line}\``,
    'the bundle begins where its build backend looks for packages, and Lambda finds the handler and the module',
    async (tryCase) => {
      for (const [name, layout] of Object.entries(LAYOUTS))
        await tryCase(name, async () => {
          const folder = treeOf(treeFor(layout, line));
          const plan = planIn(folder, path.posix.join(layout.root, 'functions/api/health.py'), 'app.ts', {
            outputDirectory: path.join(temporaryFolder(), 'cdk.out'),
            handler: 'handler',
          });
          assert.is(path.relative(folder, plan.entry.root), layout.root);
          assert.is(handlerOf(plan), 'functions.api.health.handler');
          assert.equal(
            plan.sources.filter((source) => !source.path.startsWith('functions/')),
            [],
          );
          assert.equal(await madeAnswer(plan), { ok: true, payload: ['util', 'functions.api.health'] });
        });
    },
  );

run();
