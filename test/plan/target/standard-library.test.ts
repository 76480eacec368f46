import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  isInStandardLibrary,
  isStandardModule,
  standardVersions,
} from '../../../src/plan/target/standard-library';
import { findPython, runTool } from '../../support/python-tools';

const test = suite('standard library');

/** Public modules of the interpreter, or of its folders where it is too old to list them. */
const LIST = `
import os, sys, sysconfig
names = set(getattr(sys, 'stdlib_module_names', sys.builtin_module_names))
if not hasattr(sys, 'stdlib_module_names'):
    library = sysconfig.get_path('stdlib')
    for folder in (library, os.path.join(library, 'lib-dynload')):
        for name in os.listdir(folder):
            if name.endswith(('.py', '.so')): names.add(name.split('.')[0])
            elif os.path.exists(os.path.join(folder, name, '__init__.py')): names.add(name)
print(' '.join(n for n in names if n != 'test' and not n.startswith(('_', 'xx'))))
`;

/** What each Python of this machine lists, by its minor version. */
const LISTS = new Map(
  [6, 7, 8, 9, 10, 11, 12, 13, 14, 15].flatMap((minor) => {
    const python = findPython(`3.${minor}`);
    return python === undefined ? [] : [[minor, runTool(python, ['-I', '-S', '-c', LIST]).trim().split(' ')]];
  }) as [number, readonly string[]][],
);

for (const [minor, listed] of LISTS) {
  test(`Python 3.${minor} on this machine has the same modules`, () => {
    assert.equal(
      listed.filter((name) => !isInStandardLibrary(name, minor)),
      [],
    );
    // Older ones do not list modules of other systems, and those that they were built without.
    if (minor < 10) return;
    const others = [...new Set([...LISTS.values()].flat())].filter((name) => !listed.includes(name));
    assert.equal(
      others.filter((name) => isInStandardLibrary(name, minor)),
      [],
    );
  });
}

test('modules that came and went', () => {
  const versions = (name: string): readonly number[] =>
    [7, 8, 9, 10, 11, 12, 13, 14, 15].filter((minor) => isInStandardLibrary(name, minor));
  assert.equal(versions('distutils'), [7, 8, 9, 10, 11]);
  assert.equal(versions('cgi'), [7, 8, 9, 10, 11, 12]);
  assert.equal(versions('tomllib'), [11, 12, 13, 14, 15]);
  assert.equal(versions('annotationlib'), [14, 15]);
  assert.equal(versions('json').length, 9);
  assert.equal(versions('_thread').length, 9);
  assert.equal(['requests', 'json.tool', '', 'constructor'].flatMap(versions), []);
  assert.equal(standardVersions('distutils'), { until: 11 });
  assert.is(standardVersions('json'), undefined);
});

test('a public module of any version may be hidden by a file of its name', () => {
  assert.equal(['json', 'distutils', 'tomllib', '_thread', 'requests'].filter(isStandardModule), [
    'json',
    'distutils',
    'tomllib',
  ]);
});

test.run();
