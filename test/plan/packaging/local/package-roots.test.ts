import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageRoots } from '../../../../src/plan/packaging/local/package-roots';

const test = suite('package roots');

const roots: Readonly<Record<string, readonly string[]>> = {
  '': ['src'],
  '[project]\nname = "a"': ['src'],
  '[tool.uv.build-backend]\nmodule-root = "python"': ['python'],
  '[tool.uv.build-backend]\nmodule-root = ""': [],
  '[tool.hatch.build.targets.wheel]\npackages = ["lib/a", "b"]': ['lib', 'src'],
  '[tool.hatch.build.targets.wheel]\nsources = ["lib"]': ['lib', 'src'],
  '[tool.hatch.build.targets.wheel.sources]\n"lib/a" = "a"\n"more" = ""\n"x/y" = "z"': ['lib', 'more', 'src'],
  '[tool.hatch.build]\npackages = ["source/a"]': ['source', 'src'],
  '[tool.setuptools.package-dir]\n"" = "lib"': ['lib', 'src'],
  '[tool.setuptools.package-dir]\n"a" = "lib/a"\n"b.c" = "more/b/c/"\n"d" = "other"\n"e" = 1': [
    'lib',
    'more',
    'src',
  ],
  '[tool.setuptools.packages.find]\nwhere = ["./lib/", "."]': ['lib', 'src'],
  '[[tool.poetry.packages]]\ninclude = "a"\nfrom = "lib"': ['lib', 'src'],
  '[tool.pdm.build]\npackage-dir = "lib"': ['lib', 'src'],
  '[tool.setuptools.packages.find]\nwhere = ["../other"]': ['src'],
  '[tool.poetry]\npackages = 1': ['src'],
  'no toml [': ['src'],
};

for (const [text, found] of Object.entries(roots)) {
  test(JSON.stringify(text), () => {
    assert.equal(packageRoots(text), found);
  });
}

test('a hatch.toml takes the place of tables of pyproject.toml', () => {
  const wheel = '[build.targets.wheel]\npackages = ["lib/a"]\n';
  assert.equal(packageRoots('', wheel), ['lib', 'src']);
  assert.equal(packageRoots('[tool.hatch.build]\npackages = ["source/a"]\n', wheel), ['lib', 'src']);
  assert.equal(packageRoots('[tool.hatch.build]\npackages = ["source/a"]\n', '[version]\n'), [
    'source',
    'src',
  ]);
});

test.run();
