import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { outsidePaths } from '../../../../src/plan/packaging/builds/outside-paths';

const test = suite('paths outside of a package');

const pyproject = (text: string): readonly string[] => outsidePaths({ 'pyproject.toml': text });

test('build backends say what they read outside', () => {
  assert.equal(
    pyproject(
      '[tool.hatch.build.targets.wheel.force-include]\n"../common/shared_mod.py" = "one/shared_mod.py"\n',
    ),
    ['../common/shared_mod.py'],
  );
  assert.equal(
    pyproject(
      '[project]\nreadme = "../README.md"\nlicense = { file = "../LICENSE" }\nlicense-files = ["../LICENSES/*.txt"]\n',
    ),
    ['../README.md', '../LICENSE', '../LICENSES/*.txt'],
  );
  assert.equal(
    pyproject(
      '[tool.setuptools]\npackage-dir = { "" = "../src" }\n[tool.setuptools.dynamic]\nversion = { file = "../VERSION" }\n',
    ),
    ['../src', '../VERSION'],
  );
  assert.equal(
    pyproject(
      '[tool.poetry]\npackages = [{ include = "a", from = "../shared/" }]\ninclude = ["../data/**/*.json"]\n',
    ),
    ['../shared', '../data/**/*.json'],
  );
  assert.equal(pyproject('[tool.scikit-build]\ncmake.source-dir = "../native"\n'), ['../native']);
  assert.equal(pyproject('[tool.maturin]\nmanifest-path = "../rust/Cargo.toml"\n'), ['../rust/Cargo.toml']);
  assert.equal(pyproject('[tool.uv.build-backend]\nmodule-root = "../src"\n'), ['../src']);
  assert.equal(pyproject('[build-system]\nrequires = []\nbackend-path = ["../tools"]\n'), ['../tools']);
});

test('a hatch.toml takes the place of tables of pyproject.toml', () => {
  const forced = (table: string, file: string) => `[${table}build.force-include]\n"${file}" = "a.py"\n`;
  const inProject = forced('tool.hatch.', '../a.py');
  assert.equal(outsidePaths({ 'pyproject.toml': inProject, 'hatch.toml': forced('', '../b.py') }), [
    '../b.py',
  ]);
  assert.equal(outsidePaths({ 'pyproject.toml': inProject, 'hatch.toml': '[version]\npath = "../v.py"\n' }), [
    '../a.py',
    '../v.py',
  ]);
  const unread = '[envs.default]\ndependencies = ["../d"]\n[version.raw-options]\nroot = ".."\n';
  assert.equal(outsidePaths({ 'pyproject.toml': '', 'hatch.toml': unread }), []);
});

test('what a build does not read is none of them', () => {
  assert.equal(
    pyproject(
      [
        '[project]',
        'dependencies = ["b @ file:../b"]',
        '[tool.uv.sources]',
        'b = { path = "../b" }',
        '[tool.poetry.dependencies]',
        'c = { path = "../c" }',
        '[tool.setuptools_scm]',
        'root = ".."',
        '[tool.hatch.version.raw-options]',
        'root = "../.."',
        '[tool.hatch.envs.default]',
        'dependencies = ["../d"]',
        '[tool.ruff]',
        'extend = "../ruff.toml"',
      ].join('\n'),
    ),
    [],
  );
  assert.equal(pyproject('not = = toml ../x'), []);
  assert.equal(pyproject('[project]\ndescription = "from .. to ..."\n'), []);
});

test('setuptools and CMake name them in texts of their own', () => {
  assert.equal(
    outsidePaths({
      'setup.cfg':
        '[metadata]\nlong_description = file: ../README.md, ../CHANGES.md\n[options]\npackage_dir =\n  = ../src\n',
    }),
    ['../README.md', '../CHANGES.md', '../src'],
  );
  assert.equal(
    outsidePaths({
      'setup.py':
        "open('../VERSION'); open(os.path.join(here, '..', 'shared', 'x.txt')); Path(__file__).parent / \"..\" / \"y.txt\"",
    }),
    ['../VERSION', '../shared/x.txt', '../y.txt'],
  );
  assert.equal(
    outsidePaths({ 'CMakeLists.txt': 'add_subdirectory(../core core)\n${CMAKE_SOURCE_DIR}/../x\n' }),
    ['../core'],
  );
});

test.run();
