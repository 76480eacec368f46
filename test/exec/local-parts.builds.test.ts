import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bundleOf, HANDLER, HATCH, planIn, TOOLS } from '../support/local-build';
import { packageFiles } from '../support/local-sources';
import { temporaryFolder, writeTree } from '../support/temporary';

const test = suite('builds of local packages that read the files of another one');

/** Reads a file of the package beside it, by a path that no configuration names. */
const READS_BESIDE = (folders: number): string =>
  `from pathlib import Path\nbeside = Path(__file__).resolve().parents[${folders}] / 'two' / 'NUMBER'\n`;

const VERSION_OF = (folders: number): string =>
  `${READS_BESIDE(folders)}__version__ = beside.read_text().strip()\n`;

interface Package {
  readonly files: Readonly<Record<string, string>>;
  /** The file of the bundle that has what the build has read. */
  readonly file: (number: string) => string;
}

const VERSIONED = (files: Readonly<Record<string, string>>): Package => ({
  files,
  file: (number) => `one-${number}.dist-info/METADATA`,
});

const DYNAMIC = (backend: string, requires: string, more: string): string =>
  `[build-system]\nrequires = ["${requires}"]\nbuild-backend = "${backend}"\n[project]\nname = "one"\ndescription = "One."\ndynamic = ["version"]\n${more}`;

/** Packages whose builds run code that no file name tells. */
const PACKAGES: Readonly<Record<string, Package>> = {
  'a hook of hatchling in a folder': {
    files: {
      'pyproject.toml': HATCH(
        '[tool.hatch.build.targets.wheel]\npackages = ["src/one"]\n[tool.hatch.build.hooks.custom]\npath = "tools/hook.py"\n',
      ),
      'tools/hook.py': `${READS_BESIDE(2)}from hatchling.builders.hooks.plugin.interface import BuildHookInterface\nclass H(BuildHookInterface):\n    def initialize(self, version, build_data):\n        build_data['force_include'][str(beside)] = f'one/{beside.read_text().strip()}'\n`,
      'src/one/__init__.py': '',
    },
    file: (number) => `one/${number}`,
  },
  'code of hatchling that tells the version': VERSIONED({
    'pyproject.toml': DYNAMIC(
      'hatchling.build',
      'hatchling',
      '[tool.hatch.version]\nsource = "code"\npath = "src/one/about.py"\n[tool.hatch.build.targets.wheel]\npackages = ["src/one"]\n',
    ),
    'src/one/about.py': VERSION_OF(3),
    'src/one/__init__.py': '',
  }),
  'a getter of PDM': VERSIONED({
    'pyproject.toml': DYNAMIC(
      'pdm.backend',
      'pdm-backend',
      '[tool.pdm.version]\nsource = "call"\ngetter = "make.number:get"\n',
    ),
    'make/number.py': `${READS_BESIDE(2)}def get():\n    return beside.read_text().strip()\n`,
    'src/one/__init__.py': '',
  }),
  'an attribute that setuptools imports': VERSIONED({
    'pyproject.toml': DYNAMIC(
      'setuptools.build_meta',
      'setuptools>=64',
      '[tool.setuptools]\npackages = ["one"]\n[tool.setuptools.dynamic]\nversion = { attr = "one.about.__version__" }\n',
    ),
    'one/about.py': VERSION_OF(2),
    'one/__init__.py': '',
  }),
  'an attribute in setup.cfg': VERSIONED({
    'pyproject.toml':
      '[build-system]\nrequires = ["setuptools>=64"]\nbuild-backend = "setuptools.build_meta"\n',
    'setup.cfg': '[metadata]\nname = one\nversion = attr: one.about.__version__\n[options]\npackages = one\n',
    'one/about.py': VERSION_OF(2),
    'one/__init__.py': '',
  }),
  'a module that flit imports': VERSIONED({
    'pyproject.toml': DYNAMIC('flit_core.buildapi', 'flit_core>=3.9', ''),
    'one.py': VERSION_OF(1),
  }),
};

for (const [name, { files, file }] of Object.entries(PACKAGES))
  test(`${name}: an edit of the other package counts`, async () => {
    // One kind with each installer: what decides it does not know which one there is.
    for (const tool of name.startsWith('a hook') ? TOOLS : (['uv'] as const)) {
      const [root, store] = [temporaryFolder(), temporaryFolder()];
      const libs = Object.fromEntries(Object.entries(files).map(([at, text]) => [`libs/one/${at}`, text]));
      writeTree(root, {
        'cdk.json': '{}',
        'fn/h.py': HANDLER,
        'fn/requirements.txt': '../libs/one\n../libs/two\n',
        ...libs,
        ...packageFiles('libs/two', 'two', {}),
      });
      const wanted = async (number: string): Promise<void> => {
        writeTree(root, { 'libs/two/NUMBER': number });
        const bundle = await bundleOf(planIn(root), tool, store);
        assert.ok(fs.existsSync(path.join(bundle, file(number))), `${tool} ${number}`);
      };
      await wanted('3.1');
      await wanted('4.2');
    }
  });

const MEDDLING = {
  'libs/one/pyproject.toml':
    '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n[project]\nname = "one"\ndynamic = ["version"]\n[tool.hatch.metadata.hooks.custom]\npath = "tools/hook.py"\n[tool.hatch.build.targets.wheel]\npackages = ["src/one"]\n',
  'libs/one/tools/hook.py':
    "from pathlib import Path\nfrom hatchling.metadata.plugin.interface import MetadataHookInterface\nclass H(MetadataHookInterface):\n    def update(self, metadata):\n        metadata['version'] = '1'\n        (Path(__file__).resolve().parents[2] / 'two' / 'two.py').write_text('NAME = \"one\"\\n')\n",
  'libs/one/src/one/__init__.py': '',
};

for (const tool of TOOLS)
  test(`what the build of another local package changes in it is in no bundle, ${tool}`, async () => {
    const [root, store] = [temporaryFolder(), temporaryFolder()];
    writeTree(root, {
      'cdk.json': '{}',
      'fn/h.py': HANDLER,
      ...MEDDLING,
      ...packageFiles('libs/two', 'two', {}),
    });
    const bundled = async (names: readonly string[], edited?: string): Promise<string> => {
      writeTree(root, { 'fn/requirements.txt': names.map((name) => `../libs/${name}\n`).join('') });
      if (edited !== undefined) writeTree(root, { 'libs/two/two.py': `NAME = "${edited}"\n` });
      const bundle = await bundleOf(planIn(root), tool, store);
      return fs.readFileSync(path.join(bundle, 'two.py'), 'utf8');
    };
    assert.is(await bundled(['two'], 'first'), 'NAME = "first"\n');
    assert.is(await bundled(['one', 'two'], 'second'), 'NAME = "second"\n', 'nothing is in the store');
    assert.is(await bundled(['two']), 'NAME = "second"\n', 'installed alone');
    writeTree(root, { 'libs/one/src/one/__init__.py': '# Edited.\n' });
    assert.is(await bundled(['one', 'two'], 'third'), 'NAME = "third"\n', 'both are missing');
    assert.is(await bundled(['two']), 'NAME = "third"\n', 'installed alone');
  });

test.run();
