import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Outside } from '../support/local-build';
import { bundleOf, HANDLER, HATCH, planIn, POETRY, TOOLS } from '../support/local-build';
import { reliabilityTable } from '../support/reliability-table';
import { listTree, temporaryFolder, writeTree } from '../support/temporary';

const test = suite('builds of local packages');
const { row, run } = reliabilityTable(test, 'hostile: builds of local packages');

const FORCED =
  '[tool.hatch.build.targets.wheel]\npackages = ["src/one"]\n[tool.hatch.build.targets.wheel.force-include]\n';

const SETUPTOOLS =
  '[build-system]\nrequires = ["setuptools>=61"]\nbuild-backend = "setuptools.build_meta"\n[project]\nname = "one"\nversion = "1"\n[tool.setuptools]\npackages = ["one"]\n';

/** A command of setuptools that takes a file above the package into it. */
const COMMAND = `import os, shutil
from setuptools.command.build_py import build_py
class Build(build_py):
    def run(self):
        super().run()
        here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
        shutil.copy(os.path.join(os.path.dirname(here), "DATA"), os.path.join(self.build_lib, "one/DATA"))
`;

const WITH_COMMAND = {
  'libs/one/tools/build.py': COMMAND,
  'libs/one/one/__init__.py': '',
  'libs/DATA': 'above\n',
};

/** Packages that are built from files outside of their folder. */
const OUTSIDE: Readonly<Record<string, Outside>> = {
  'hatch force-include of a file': {
    files: {
      'libs/one/pyproject.toml': HATCH(`${FORCED}"../common/shared_mod.py" = "one/shared_mod.py"\n`),
      'libs/one/src/one/__init__.py': 'from one.shared_mod import SH\n',
      'libs/common/shared_mod.py': 'SH=1\n',
    },
    has: { 'one/shared_mod.py': /^SH=1\n$/ },
    edited: 'libs/common/shared_mod.py',
  },
  'hatch force-include of a folder': {
    files: {
      'libs/one/pyproject.toml': HATCH(`${FORCED}"../../common" = "one/common"\n`),
      'libs/one/src/one/__init__.py': '',
      'common/deep/a.txt': 'a\n',
      'common/__pycache__/x.pyc': 'x',
    },
    has: { 'one/common/deep/a.txt': /^a\n$/ },
    edited: 'common/deep/a.txt',
  },
  'hatch.toml that forces a file in': {
    files: {
      'libs/one/pyproject.toml': HATCH('[tool.hatch.build]\nexclude = ["*"]\n'),
      'libs/one/hatch.toml': FORCED.replaceAll('tool.hatch.', '') + '"../common/a.py" = "one/a.py"\n',
      'libs/one/src/one/__init__.py': '',
      'libs/common/a.py': 'A=1\n',
    },
    has: { 'one/__init__.py': /^$/, 'one/a.py': /^A=1\n$/ },
    edited: 'libs/common/a.py',
  },
  'hatch.toml that names a hook': {
    files: {
      'libs/one/pyproject.toml': HATCH(''),
      'libs/one/hatch.toml': '[build.targets.wheel.hooks.custom]\npath = "tools/hook.py"\n',
      'libs/one/tools/hook.py':
        'import os\nfrom hatchling.builders.hooks.plugin.interface import BuildHookInterface\nclass Hook(BuildHookInterface):\n    def initialize(self, version, build_data):\n        above = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))\n        build_data["force_include"][os.path.join(above, "DATA")] = "one/DATA"\n',
      'libs/one/one/__init__.py': '',
      'libs/DATA': 'above\n',
    },
    has: { 'one/DATA': /^above\n/ },
    edited: 'libs/DATA',
  },
  'setuptools with a command that pyproject.toml names': {
    files: {
      ...WITH_COMMAND,
      'libs/one/pyproject.toml': `${SETUPTOOLS}cmdclass = { build_py = "tools.build.Build" }\n`,
    },
    has: { 'one/DATA': /^above\n/ },
    edited: 'libs/DATA',
  },
  'setuptools with a command that setup.cfg names': {
    files: {
      ...WITH_COMMAND,
      'libs/one/pyproject.toml': SETUPTOOLS,
      'libs/one/setup.cfg': '[options]\ncmdclass =\n    build_py = tools.build.Build\n',
    },
    has: { 'one/DATA': /^above\n/ },
    edited: 'libs/DATA',
  },
  'setup.py that reads its version above': {
    files: {
      'libs/one/setup.py':
        "import os, setuptools\nversion = open(os.path.join(os.path.dirname(__file__), '..', 'VERSION')).read().strip()\nsetuptools.setup(name='one', version=version, py_modules=['one'])\n",
      'libs/VERSION': '7.1',
      'libs/one/one.py': '',
    },
    has: { 'one-7.1.dist-info/METADATA': /^Version: 7\.1$/m },
    edited: 'libs/VERSION',
  },
  'poetry with a readme above': {
    files: {
      'libs/one/pyproject.toml': POETRY('readme = "../README.md"\n'),
      'libs/one/one.py': '',
      'libs/README.md': 'Read me.\n',
    },
    has: { 'one-1.dist-info/METADATA': /^Read me\.$/m },
    edited: 'libs/README.md',
  },
};

row('a package is built of files outside its folder', 'they are there, and in the hash', async (tryCase) => {
  for (const [name, { files, has, edited }] of Object.entries(OUTSIDE)) {
    for (const tool of TOOLS) {
      await tryCase(`${name}, ${tool}`, async () => {
        const root = temporaryFolder();
        writeTree(root, {
          '.git/HEAD': '',
          'fn/h.py': HANDLER,
          'fn/requirements.txt': '../libs/one\n',
          ...files,
        });
        const plan = planIn(root);
        const bundle = await bundleOf(plan, tool);
        for (const [file, text] of Object.entries(has))
          assert.match(fs.readFileSync(path.join(bundle, file), 'utf8'), text);
        assert.not(fs.existsSync(path.join(bundle, 'one/common/__pycache__')));
        fs.appendFileSync(path.join(root, edited), '\n');
        assert.is.not(planIn(root).hash.dependencies, plan.hash.dependencies);
      });
    }
  }
});

/** Packages whose backends leave out what Git ignores, and what of `one/` is then in the bundle. */
const IGNORING: Readonly<Record<string, { readonly pyproject: string; readonly ships: readonly string[] }>> =
  {
    // hatchling reads the nearest file alone.
    hatchling: {
      pyproject: HATCH('[tool.hatch.build.targets.wheel]\npackages = ["one"]\n'),
      ships: ['__init__.py', 'inner/.gitignore', 'inner/left.txt'],
    },
    'poetry-core': { pyproject: POETRY(''), ships: ['__init__.py', 'inner/.gitignore'] },
    'poetry-core that includes one': {
      pyproject: POETRY('[tool.poetry]\ninclude = [{ path = "one/secret/*", format = ["wheel"] }]\n'),
      ships: ['__init__.py', 'inner/.gitignore', 'secret/x.txt'],
    },
  };

row(
  'files that Git ignores lie in a package',
  'they stay out where its backend leaves them out',
  async (tryCase) => {
    for (const [name, { pyproject, ships }] of Object.entries(IGNORING)) {
      for (const tool of TOOLS) {
        await tryCase(`${name}, ${tool}`, async () => {
          const root = temporaryFolder();
          writeTree(root, {
            'fn/h.py': HANDLER,
            'fn/requirements.txt': '../libs/one\n',
            'libs/.gitignore': '*.local.json\nsecret/\n',
            'libs/one/pyproject.toml': pyproject,
            'libs/one/one/__init__.py': '',
            'libs/one/one/a.local.json': '{}',
            'libs/one/one/secret/x.txt': '',
            'libs/one/one/inner/.gitignore': 'left.txt\n',
            'libs/one/one/inner/left.txt': '',
          });
          const bundle = await bundleOf(planIn(root), tool);
          assert.equal(
            listTree(path.join(bundle, 'one'))
              .map((file) => file.path)
              .filter((file) => !file.includes('__pycache__')),
            ships,
          );
        });
      }
    }
  },
);

row('a package names files outside of the app folder', 'they are not read', async (tryCase) => {
  await tryCase('hatch force-include', () => {
    const root = temporaryFolder();
    writeTree(root, {
      'app/fn/h.py': HANDLER,
      'app/fn/requirements.txt': '../one\n',
      'app/one/pyproject.toml': HATCH(`${FORCED}"../../secret.txt" = "one/secret.txt"\n`),
      'app/one/src/one/__init__.py': '',
      'secret.txt': 'secret',
    });
    assert.not(JSON.stringify(planIn(path.join(root, 'app'))).includes('secret.txt'));
  });
});

run();
