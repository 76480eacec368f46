import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Outside } from '../support/local-build';
import { bundleOf, HANDLER, HATCH, planIn, POETRY, TOOLS } from '../support/local-build';
import { reliabilityTable } from '../support/reliability-table';
import { temporaryFolder, writeTree } from '../support/temporary';

const test = suite('builds that compute what they read');
const { row, run } = reliabilityTable(test, 'hostile: builds that compute what they read');

const SETUPTOOLS = '[build-system]\nrequires = ["setuptools>=64"]\nbuild-backend = "setuptools.build_meta"\n';

const PARSED_SETUP = (version: string): string =>
  `import os, sys\nfrom pathlib import Path\nfrom setuptools import setup, find_packages\nhere = os.path.dirname(os.path.abspath(__file__))\n${version}\nsetup(name='one', version=version, package_dir={'': 'src'}, packages=find_packages('src'))\n`;

const SET_UP = (version: string): Readonly<Record<string, string>> => ({
  'libs/one/pyproject.toml': SETUPTOOLS,
  'libs/one/setup.py': PARSED_SETUP(version),
  'libs/one/src/one/__init__.py': '',
  VERSION: '2.5.0\n',
});

const TOLD_VERSION = { 'one-2.5.0.dist-info/METADATA': /^Version: 2\.5\.0$/m };

const HATCH_HOOK = (body: string): string =>
  `import os, pathlib\nfrom hatchling.builders.hooks.plugin.interface import BuildHookInterface\nclass H(BuildHookInterface):\n    def initialize(self, version, build_data):\n        ${body}\n        if os.path.exists(p): build_data['force_include'][str(p)] = 'one/d.json'\n`;

const HOOKED = (hook: string, name: string, body: string): Outside => ({
  files: {
    'libs/one/pyproject.toml': HATCH(`[tool.hatch.build.targets.wheel]\npackages = ["src/one"]\n${hook}`),
    [`libs/one/${name}`]: HATCH_HOOK(body),
    'libs/one/src/one/__init__.py': '',
    'data/d.json': '{}\n',
  },
  has: { 'one/d.json': /^\{\}\n$/ },
  edited: 'data/d.json',
});

/** Packages whose builds compute where the files outside of them lie, and go on without them. */
const COMPUTED: Readonly<Record<string, Outside>> = {
  'setup.py with dirname of dirname': {
    files: SET_UP(
      "root = os.path.dirname(os.path.dirname(here))\np = os.path.join(root, 'VERSION')\nversion = open(p).read().strip() if os.path.exists(p) else '0.0.0'",
    ),
    has: TOLD_VERSION,
    edited: 'VERSION',
  },
  'setup.py with .parent.parent.parent': {
    files: SET_UP(
      "v = Path(__file__).parent.parent.parent / 'VERSION'\nversion = v.read_text().strip() if v.exists() else '0'",
    ),
    has: TOLD_VERSION,
    edited: 'VERSION',
  },
  'setup.py with a function of its own': {
    files: SET_UP(
      "def above(name, p=Path(__file__).resolve()):\n    found = [d / name for d in p.parents if (d / name).exists()]\n    return found[0].read_text().strip() if found else '0'\nversion = above('VERSION')",
    ),
    has: TOLD_VERSION,
    edited: 'VERSION',
  },
  'setup.py with a module above': {
    files: {
      ...SET_UP(
        "sys.path.insert(0, os.path.dirname(os.path.dirname(here)))\ntry:\n    from version import version\nexcept ImportError:\n    version = '0'",
      ),
      'version.py': "version = '2.5.0'\n",
    },
    has: TOLD_VERSION,
    edited: 'version.py',
  },
  'hatch_build.py with ..': HOOKED(
    '[tool.hatch.build.hooks.custom]\n',
    'hatch_build.py',
    "p = os.path.join(self.root, '..', '..', 'data', 'd.json')",
  ),
  'a hook elsewhere with .parents': HOOKED(
    '[tool.hatch.build.targets.wheel.hooks.custom]\npath = "tools/hook.py"\n',
    'tools/hook.py',
    "p = pathlib.Path(__file__).resolve().parents[3] / 'data' / 'd.json'",
  ),
  'build.script of Poetry': {
    files: {
      'libs/one/pyproject.toml': POETRY(
        '[tool.poetry]\ninclude = [{ path = "one/d.json", format = "wheel" }]\n[tool.poetry.build]\nscript = "build.py"\ngenerate-setup-file = false\n',
      ),
      'libs/one/build.py':
        "import os, shutil\np = os.path.join(os.path.dirname(os.path.dirname(os.getcwd())), 'data', 'd.json')\nif os.path.exists(p): shutil.copy(p, 'one/d.json')\n",
      'libs/one/one/__init__.py': '',
      'data/d.json': '{}\n',
    },
    // poetry-core makes a wheel for this machine's Python of it.
    has: {},
    edited: 'data/d.json',
  },
  'getter of PDM': {
    files: {
      'libs/one/pyproject.toml':
        '[build-system]\nrequires = ["pdm-backend"]\nbuild-backend = "pdm.backend"\n[project]\nname = "one"\ndynamic = ["version"]\n[tool.pdm.version]\nsource = "call"\ngetter = "make.number:get"\n',
      'libs/one/make/number.py':
        "from pathlib import Path\ndef get():\n    p = Path(__file__).parents[3] / 'VERSION'\n    return p.read_text().strip() if p.exists() else '0'\n",
      'libs/one/src/one/__init__.py': '',
      VERSION: '2.5.0\n',
    },
    has: TOLD_VERSION,
    edited: 'VERSION',
  },
  'a backend in the package': {
    files: {
      'libs/one/pyproject.toml':
        '[build-system]\nrequires = ["setuptools>=64"]\nbuild-backend = "back"\nbackend-path = ["tools"]\n[project]\nname = "one"\ndynamic = ["version"]\n[tool.setuptools]\npackages = ["one"]\n[tool.setuptools.dynamic]\nversion = { file = "VERSION" }\n',
      'libs/one/tools/back.py':
        "import os\nfrom setuptools.build_meta import *\np = os.path.join(os.path.dirname(__file__), os.pardir, os.pardir, os.pardir, 'VERSION')\nwith open('VERSION', 'w') as f: f.write(open(p).read() if os.path.exists(p) else '0')\n",
      'libs/one/one/__init__.py': '',
      VERSION: '2.5.0\n',
    },
    has: TOLD_VERSION,
    edited: 'VERSION',
  },
};

row(
  'a build computes where files outside of its package lie',
  'they are there, and in the hash',
  async (tryCase) => {
    for (const [name, { files, has, edited }] of Object.entries(COMPUTED)) {
      for (const tool of TOOLS) {
        await tryCase(`${name}, ${tool}`, async () => {
          const root = temporaryFolder();
          writeTree(root, { 'fn/h.py': HANDLER, 'fn/requirements.txt': '../libs/one\n', ...files });
          writeTree(root, { 'cdk.json': '{}' });
          const plan = planIn(root);
          assert.equal(plan.warnings, []);
          assert.match(JSON.stringify(plan.install), path.basename(edited));
          const bundle = Object.keys(has).length === 0 ? '' : await bundleOf(plan, tool);
          for (const [file, text] of Object.entries(has))
            assert.match(fs.readFileSync(path.join(bundle, file), 'utf8'), text);
          writeTree(root, { '.git/HEAD': '' });
          assert.is(planIn(root).hash.asset, plan.hash.asset);
          fs.appendFileSync(path.join(root, edited), '\n');
          assert.is.not(planIn(root).hash.dependencies, plan.hash.dependencies);
        });
      }
    }
  },
);

row(
  'a build computes a folder above its package, and no file there can be told',
  'a warning names the script',
  async (tryCase) => {
    const computing = 'import os\nroot = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))\n';
    const warned = (setup: string, more: Readonly<Record<string, string>> = {}) => {
      const root = temporaryFolder();
      writeTree(root, {
        'app/cdk.json': '{}',
        'app/fn/h.py': HANDLER,
        'app/fn/requirements.txt': '../one\n',
        'app/one/setup.py': setup,
        ...more,
      });
      const { warnings, ...plan } = planIn(path.join(root, 'app'));
      const above = {
        _tag: 'BuildReadsAbove' as const,
        package: path.join(root, 'app/one'),
        script: 'setup.py',
      };
      return { warnings, above, plan: JSON.stringify(plan) };
    };
    await tryCase('no text names one', () => {
      const { warnings, above } = warned(`${computing}read(root)\n`);
      assert.equal(warnings, [above]);
    });
    await tryCase('the file lies outside of the app folder', () => {
      const far = `${computing}open(os.path.join(os.path.dirname(root), 'secret.txt'))\n`;
      const { warnings, above, plan } = warned(far, { 'secret.txt': 'secret' });
      assert.equal(warnings, [above]);
      assert.not(plan.includes('secret.txt'));
    });
    await tryCase('the advice of the warning, followed', () => {
      const { warnings, plan } = warned(`${computing}# ../VERSION\nread(root)\n`, { 'app/VERSION': '1' });
      assert.equal(warnings, []);
      assert.match(plan, 'VERSION');
    });
    await tryCase('no folder above', () => {
      const { warnings } = warned('import os\nopen(os.path.join(os.path.dirname(__file__), "README.md"))\n');
      assert.equal(warnings, []);
    });
  },
);

run();
