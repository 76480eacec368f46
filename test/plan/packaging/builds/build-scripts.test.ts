import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildScripts } from '../../../../src/plan/packaging/builds/build-scripts';

const test = suite('the scripts that a backend runs');

test('each backend names its own', () => {
  const cases: readonly (readonly [pyproject: string, scripts: readonly string[]])[] = [
    ['', []],
    ['[tool.hatch.build.hooks.custom]\n', ['hatch_build.py']],
    ['[tool.hatch.build.hooks.custom]\npath = "tools/hook.py"\n', ['tools/hook.py']],
    ['[tool.hatch.build.targets.wheel.hooks.custom]\n', ['hatch_build.py']],
    ['[tool.hatch.metadata.hooks.custom]\npath = "./meta.py"\n', ['meta.py']],
    ['[tool.hatch.version]\nsource = "code"\npath = "src/a/version.py"\n', ['src/a/version.py']],
    ['[tool.hatch.version]\npath = "src/a/__init__.py"\n', []],
    ['[tool.poetry]\nbuild = "build.py"\n', ['build.py']],
    ['[tool.poetry.build]\nscript = "make/build.py"\n', ['make/build.py']],
    ['[build-system]\nbuild-backend = "pdm.backend"\n', ['pdm_build.py']],
    [
      '[build-system]\nbuild-backend = "pdm.backend"\n[tool.pdm.build]\ncustom-hook = "hook.py"\n',
      ['hook.py'],
    ],
    [
      '[tool.pdm.version]\nsource = "call"\ngetter = "a.version:get"\n',
      ['a/version.py', 'a/version/__init__.py', 'src/a/version.py', 'src/a/version/__init__.py'],
    ],
    [
      '[build-system]\nbuild-backend = "back.end:api"\nbackend-path = ["tools"]\n',
      ['tools/back/end.py', 'tools/back/end/__init__.py'],
    ],
    ['not = = toml', []],
  ];
  for (const [pyproject, scripts] of cases)
    assert.equal(buildScripts(pyproject), ['setup.py', ...scripts], pyproject);
});

test('a hatch.toml takes the place of tables of pyproject.toml', () => {
  const named = '[tool.hatch.build.hooks.custom]\npath = "a.py"\n';
  assert.equal(buildScripts('', '[build.hooks.custom]\n'), ['setup.py', 'hatch_build.py']);
  assert.equal(buildScripts(named, '[build.hooks.custom]\npath = "b.py"\n'), ['setup.py', 'b.py']);
  assert.equal(buildScripts(named, '[metadata.hooks.custom]\n'), ['setup.py', 'a.py', 'hatch_build.py']);
  assert.equal(buildScripts(named, 'not = = toml'), ['setup.py', 'a.py']);
});

test.run();
