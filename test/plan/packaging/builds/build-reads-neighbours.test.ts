import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readsBeside } from '../../../../src/plan/packaging/builds/build-reads-neighbours';

const test = suite('builds that may read a package beside theirs');

type Files = Readonly<Record<string, string>>;

const readsOf = (files: Files): boolean =>
  readsBeside({ textOf: (file) => files[file] ?? '', has: (file) => file in files });

/** The pyproject.toml of a package that a backend builds. */
const built = (backend: string, requires: string, more = ''): Files => ({
  'pyproject.toml': `[build-system]\nbuild-backend = "${backend}"\nrequires = ${requires}\n[project]\nname = "a"\nversion = "1"\n${more}`,
});

const HATCH = (more: string): Files => built('hatchling.build', '["hatchling>=1"]', more);

const SETUPTOOLS = (more: string): Files =>
  built('setuptools.build_meta', '["setuptools>=64", "wheel"]', more);

const PDM = (more: string): Files => built('pdm.backend', '["pdm-backend"]', more);

const POETRY = (more: string): Files => built('poetry.core.masonry.api', '["poetry-core>=2,<3"]', more);

const ALONE: Readonly<Record<string, Files>> = {
  'no build system': { 'pyproject.toml': '[project]\nname = "a"\n' },
  'setup.cfg alone': { 'setup.cfg': '[metadata]\nname = a\nversion = file: VERSION\n' },
  setuptools: SETUPTOOLS('[tool.setuptools.dynamic]\nreadme = { file = "README.md" }\n'),
  hatchling: HATCH(
    '[tool.hatch.version]\npath = "src/a/__init__.py"\n[tool.hatch.build.targets.wheel]\npackages = ["src/a"]\n',
  ),
  'environments of hatch': HATCH('[tool.hatch.envs.default]\ndependencies = ["pytest"]\n'),
  flit: built('flit_core.buildapi', '["flit_core==3.9.0"]'),
  'poetry-core': POETRY('[tool.poetry]\ninclude = ["data/*"]\n[tool.poetry.dependencies]\nb = "*"\n'),
  'pdm-backend': PDM('[tool.pdm.version]\nsource = "file"\npath = "a/__init__.py"\n'),
  uv_build: built('uv_build', '["uv_build>=0.7,<0.8"]', '[tool.uv.build-backend]\nmodule-root = ""\n'),
};

const BESIDE: Readonly<Record<string, Files>> = {
  'setup.py': { ...SETUPTOOLS(''), 'setup.py': '' },
  'a path out of the folder': HATCH('[tool.hatch.build.targets.wheel.force-include]\n"../b" = "b"\n'),
  'the same in setup.cfg': { 'setup.cfg': '[metadata]\nversion = file: ../VERSION\n' },
  'the same in MANIFEST.in': { ...SETUPTOOLS(''), 'MANIFEST.in': 'graft ../b' },
  'a backend in the package': {
    'pyproject.toml': '[build-system]\nrequires = []\nbuild-backend = "a"\nbackend-path = ["tools"]\n',
  },
  'a backend in the package with a known name': {
    'pyproject.toml':
      '[build-system]\nrequires = []\nbuild-backend = "hatchling.build"\nbackend-path = ["tools"]\n',
    'tools/hatchling/build.py': '',
  },
  'another backend': built('plugin.api', '["setuptools"]'),
  'a version that setuptools imports': SETUPTOOLS('[tool.setuptools.dynamic]\nversion.attr = "a.version"\n'),
  'the same there': { 'setup.cfg': '[metadata]\nversion = attr: a.version\n' },
  'a command of its own': SETUPTOOLS('[tool.setuptools.cmdclass]\nbuild_py = "a.build.Build"\n'),
  'a plugin in setup.cfg': { 'setup.cfg': '[options]\nsetup_requires = plugin\n' },
  'a plugin of setuptools': built('setuptools.build_meta', '["setuptools", "plugin"]'),
  'a package of the repository': built('hatchling.build', '["hatchling", "b"]'),
  'a hook of hatchling': { ...HATCH('[tool.hatch.build.hooks.custom]\npath = "x/y.py"\n'), 'x/y.py': '' },
  'a plugin of hatchling': HATCH('[tool.hatch.build.hooks.scripts]\ncommands = []\n'),
  'the same for wheels': HATCH('[tool.hatch.build.targets.wheel]\ndependencies = ["plugin"]\n'),
  'a hook for metadata': HATCH('[tool.hatch.metadata.hooks.other]\n'),
  'code that tells the version': {
    ...HATCH('[tool.hatch.version]\nsource = "code"\npath = "a/about.py"\n'),
    'a/about.py': '',
  },
  'hatch.toml': { ...HATCH(''), 'hatch.toml': '[build.hooks.custom]\npath = "x.py"\n' },
  'a module that flit imports': built('flit_core.buildapi', '["flit_core"]', 'dynamic = ["version"]\n'),
  'the older form of it': {
    'pyproject.toml':
      '[build-system]\nrequires = ["flit_core"]\nbuild-backend = "flit_core.buildapi"\n[tool.flit.metadata]\nmodule = "a"\n',
  },
  'a script of poetry-core': { ...POETRY('[tool.poetry.build]\nscript = "x/build.py"\n'), 'x/build.py': '' },
  'a hook of pdm-backend': { ...PDM('[tool.pdm.build]\ncustom-hook = "x.py"\n'), 'x.py': '' },
  'its usual hook': { ...PDM(''), 'pdm_build.py': '' },
  meson: built('mesonpy', '["meson-python"]'),
  'scikit-build': built('scikit_build_core.build', '["scikit-build-core"]'),
  maturin: built('maturin', '["maturin>=1,<2"]'),
  'no TOML': { 'pyproject.toml': 'not = = toml' },
};

for (const [expected, cases] of [
  [false, ALONE],
  [true, BESIDE],
] as const)
  for (const [name, files] of Object.entries(cases))
    test(`${expected ? 'may' : 'does not'}: ${name}`, () => assert.is(readsOf(files), expected));

test.run();
