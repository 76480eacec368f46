import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { attrModules } from '../../../../src/plan/packaging/builds/attr-modules';

const test = suite('modules that setuptools runs');

const modules = (texts: Parameters<typeof attrModules>[0]): readonly string[] =>
  attrModules(texts).map(({ files, attribute }) => `${files[0]}: ${attribute}`);

test('for a value, and for the class of a command, wherever they are named', () => {
  assert.equal(modules({ 'pyproject.toml': '[tool.setuptools.dynamic]\nversion = { attr = "a.b.V" }\n' }), [
    'a/b.py: V',
  ]);
  assert.equal(modules({ 'setup.cfg': '[metadata]\nversion = attr: a.b.V\n' }), ['a/b.py: V']);
  assert.equal(modules({ 'pyproject.toml': '[tool.setuptools.cmdclass]\nbuild_py = "tools.build.B"\n' }), [
    'tools/build.py: B',
  ]);
  assert.equal(
    modules({ 'setup.cfg': '[options]\ncmdclass =\n    build_py = tools.build.B\n    sdist=s.S\n' }),
    ['tools/build.py: B', 's.py: S'],
  );
  assert.equal(modules({ 'setup.cfg': '[other]\ncmdclass =\n    build_py = tools.build.B\n' }), []);
});

test('in each folder of packages', () => {
  const [found] = attrModules({
    'pyproject.toml': '[tool.setuptools.cmdclass]\nbuild_py = "b.B"\n',
    'setup.cfg': '[options]\npackage_dir =\n    = lib\n',
  });
  assert.equal(found?.files, [
    'b.py',
    'b/__init__.py',
    'src/b.py',
    'src/b/__init__.py',
    'lib/b.py',
    'lib/b/__init__.py',
  ]);
});

test.run();
