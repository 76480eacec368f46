import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { setupPyName } from '../../../../src/plan/packaging/local/setup-py-name';

const test = suite('setup.py name');

const names: Readonly<Record<string, string | undefined>> = {
  'setup(name="pkg")': 'pkg',
  "setup(version='1', name = 'pkg', **rest)": 'pkg',
  'import setuptools\nsetuptools.setup(\n    name="pkg",\n)\n': 'pkg',
  'if __name__ == "__main__":\n    setup(name="pkg")': 'pkg',
  'def main():\n    setup(name="pkg")': 'pkg',
  'setup(ext_modules=[Extension(name="pkg._c")], name="pkg")': 'pkg',
  'setup(name=NAME)\nsetup(name="pkg")': 'pkg',
  'name = "outer"\nsetup(version="1")': undefined,
  'mysetup(name="pkg")': undefined,
  'setup("name")': undefined,
  'setup(name, "pkg")': undefined,
  'setup_x(name="pkg")': undefined,
  'setup(name=f"{x}")': undefined,
  'setup(name="a" "b")': undefined,
  'setup(name="a\\x62")': undefined,
  'setup(name="""pkg""")': undefined,
  '# setup(name="pkg")': undefined,
  'setup(': undefined,
  '': undefined,
};

for (const [source, name] of Object.entries(names)) {
  test(`${JSON.stringify(source)} says ${name ?? 'nothing'}`, () => {
    assert.is(setupPyName(source), name);
  });
}

test.run();
