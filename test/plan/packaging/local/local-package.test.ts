import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { localPackageName } from '../../../../src/plan/packaging/local/local-package';

const test = suite('local package');

test('pyproject.toml comes first, then setup.cfg, then setup.py', () => {
  const all = {
    'pyproject.toml': '[project]\nname = "a"',
    'setup.cfg': '[metadata]\nname = b',
    'setup.py': 'setup(name="c")',
  };
  assert.is(localPackageName(all), 'a');
  assert.is(localPackageName({ ...all, 'pyproject.toml': '[build-system]\nrequires = []' }), 'b');
  assert.is(localPackageName({ 'setup.py': all['setup.py'] }), 'c');
  assert.is(localPackageName({}), null);
});

test('the name of PEP 621, else of Poetry', () => {
  const name = (text: string): string | null => localPackageName({ 'pyproject.toml': text });
  assert.is(name('\ufeff[project]\nname = "My.Pkg-x_1"\nversion = "1"\n'), 'My.Pkg-x_1');
  assert.is(name('[tool.poetry]\nname = "p"\n'), 'p');
  assert.is(name('[tool.poetry]\nname = "p"\n[project]\nname = "q"\n'), 'q');
  assert.is(name('[project]\ndynamic = ["version"]\n'), null);
  assert.is(name('[tool]\npoetry = "no table"\n'), null);
  assert.is(name('tool = 1\n'), null);
  assert.is(name('project = "no table"\n'), null);
  assert.is(name('[project]\nname = 5\n'), null);
  assert.is(
    localPackageName({ 'pyproject.toml': 'project.name = 5', 'setup.cfg': '[metadata]\nname = b' }),
    'b',
  );
  assert.is(name('[project\nname = "broken"'), null);
});

test('a name that is none is not taken: it would be an argument', () => {
  const name = (text: string): string | null =>
    localPackageName({ 'pyproject.toml': `project.name = '${text}'` });
  assert.equal(['--evil', '', 'a b', '../x', 'ä'].map(name), [null, null, null, null, null]);
});

test('setup.cfg has it in its metadata', () => {
  const name = (text: string): string | null => localPackageName({ 'setup.cfg': text });
  assert.is(name('[metadata]\nversion = 1\nname = pkg\n'), 'pkg');
  assert.is(name('[metadata]\r\nname=pkg\r\n'), 'pkg');
  assert.is(name('[metadata]\nname: pkg\n'), 'pkg');
  assert.is(name('[bdist]\nname = other\n[metadata]\nname = pkg\n'), 'pkg');
  assert.is(name('[metadata]\nversion = 1\n[bdist]\nname = other\n'), null);
  assert.is(name('[metadata]\nlong_name = other\n'), null);
  assert.is(name('[metadata]\nname = my pkg\n'), null);
  assert.is(name('[bdist]\nx = a [metadata]\nname = other\n'), null);
  assert.is(name('[metadata]\nname = attr: pkg.NAME\n'), null);
});

test('setup.py has it as an argument that is a text', () => {
  const name = (text: string): string | null => localPackageName({ 'setup.py': text });
  assert.is(name("from setuptools import setup\nsetup(\n    name='pkg',\n    version='1',\n)\n"), 'pkg');
  assert.is(name('setup(name = "pkg")'), 'pkg');
  assert.is(name('setup(name=NAME)'), null);
  assert.is(name('if __name__ == "__main__":\n    setup()'), null);
  assert.is(name('filename = "x"\nsetup(name="pkg")'), 'pkg');
  assert.is(name('name = "outer"\nsetup(name="pkg")'), 'pkg');
  assert.is(name('setup(ext_modules=[Extension(name="pkg._c")], name="pkg")'), 'pkg');
});

test.run();
