import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scriptReads } from '../../../../src/plan/packaging/builds/script-reads';

const test = suite('what a script of a build reads outside of its package');

const pathsOf = (source: string, file = 'setup.py'): readonly string[] => scriptReads(source, file).paths;

const ROOT = 'root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))\n';

test('paths that are computed from where the script lies', () => {
  const same: readonly string[] = [
    `${ROOT}open(os.path.join(root, 'VERSION'))`,
    "here = os.path.dirname(__file__)\nroot = os.path.dirname(os.path.dirname(here))\np = os.path.join(root, 'VERSION')",
    "v = Path(__file__).parent.parent.parent / 'VERSION'",
    "v = pathlib.Path(__file__).resolve().parents[2] / 'VERSION'",
    "v = Path(__file__).parent.joinpath('..', '..', 'VERSION').read_text()",
    "v = os.path.join(os.path.dirname(__file__), os.pardir, os.pardir, 'VERSION')",
    "from os.path import dirname as up, dirname, join\nv = join(dirname(dirname(os.getcwd())), 'VERSION')",
    "class H(Hook):\n  def initialize(self, version, data):\n    p = os.path.join(os.path.dirname(os.path.dirname(self.root)), 'VERSION')",
    "class H(Hook):\n  def initialize(self, version, data):\n    self.top = Path(self.root).parent.parent\n    p = self.top / 'VERSION'",
    "here = os.path.dirname(__file__)\nv = open(here + '/../../VERSION')",
    `${ROOT}open(f'{root}/VERSION')`,
    "name = 'VERSION'\nv = Path(__file__).parents[2] / name",
    "v = Path(__file__).parents[2].joinpath('data').with_name('VERSION')",
    "root = Path(__file__).parents[2] if True else None\nv = (root / 'VERSION')",
  ];
  for (const source of same) assert.equal(pathsOf(source), ['../../VERSION'], source);
  assert.equal(pathsOf("v = Path(__file__).parent.parent.parent / 'VERSION'", 'tools/build.py'), [
    '../VERSION',
  ]);
});

test('folders, where the rest is not told', () => {
  assert.equal(pathsOf(`${ROOT}for n in names: open(os.path.join(root, 'data', n))`), ['../../data']);
  assert.equal(pathsOf(`${ROOT}copytree(os.path.join(root, 'data'), here)`), ['../../data']);
  assert.equal(pathsOf(`${ROOT}open(f'{root}/data/{name}.json')`), ['../../data']);
});

test('a loop that climbs', () => {
  const source =
    "d = os.path.dirname(__file__)\nwhile not os.path.exists(os.path.join(d, 'VERSION')):\n  d = os.path.dirname(d)\n";
  assert.equal(pathsOf(source).slice(0, 3), ['../VERSION', '../../VERSION', '../../../VERSION']);
});

test('texts may name files in the folders above, and modules of them', () => {
  const source = `${ROOT}sys.path.insert(0, root)\nfrom tools.version import get\nread('notes/VERSION', 'r')\nsetup(name='a', data=['*.json'], url='https://h/x')\n`;
  assert.equal(scriptReads(source, 'setup.py'), {
    paths: [],
    names: [
      'notes/VERSION',
      'r',
      'a',
      'tools/__init__.py',
      'tools/version/__init__.py',
      'tools/version.py',
      'tools/version/get.py',
    ],
    climbs: true,
  });
});

test('what climbs, and what does not', () => {
  const climbing: readonly string[] = [
    "for p in Path(__file__).parents: print(p / 'x')",
    'def top(p): return os.path.dirname(os.path.dirname(p))',
    'def top(p): return p.parent.parent',
    "def top(p): return os.path.join(p, '..')",
    "def top(p): return p.joinpath('..')",
    'def top(p): return os.path.join(p, os.pardir)',
    'top = Path(__file__).parents[1]',
  ];
  for (const source of climbing) assert.ok(scriptReads(source, 'setup.py').climbs, source);
  const staying: readonly string[] = [
    '',
    "here = os.path.dirname(os.path.abspath(__file__))\nopen(os.path.join(here, 'README.md'))",
    "open(Path(__file__).parent / 'README.md'); open(Path(__file__).parent / 'VERSION')",
    'target.parent.mkdir(parents=True)',
    'os.makedirs(os.path.dirname(target), exist_ok=True)',
    "version = Path(self.root, 'src', 'a', 'b.py').parent.parent",
    "# the tests lie in '..'\n",
    "', '.join(names)\nos.path.dirname(__file__)",
  ];
  for (const source of staying)
    assert.equal(scriptReads(source, 'setup.py'), { paths: [], names: [], climbs: false }, source);
  assert.not.ok(scriptReads('root = Path(__file__).parent.parent', 'tools/hatch_build.py').climbs);
});

test('a script of any size and depth is read', () => {
  assert.ok(scriptReads(`x = ${'os.path.dirname('.repeat(3000)}p${')'.repeat(3000)}`, 'setup.py'));
  assert.ok(scriptReads(`x = p${'.parent'.repeat(3000)}`, 'setup.py'));
});

test.run();
