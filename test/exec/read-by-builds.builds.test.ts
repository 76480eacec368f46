import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bundleOf, HANDLER, planIn } from '../support/local-build';
import { runTool } from '../support/python-tools';
import { temporaryFolder, writeTree } from '../support/temporary';

const test = suite('what builds read by the root of the repository, and by modules that setuptools runs');

const SYSTEM = '[build-system]\nrequires = ["setuptools>=64"]\nbuild-backend = "setuptools.build_meta"\n';

const DYNAMIC = (attr: string, packages = 'py-modules = []'): string =>
  `${SYSTEM}[project]\nname = "one"\ndynamic = ["version"]\n[tool.setuptools]\n${packages}\n[tool.setuptools.dynamic]\nversion = { attr = "${attr}" }\n`;

/** Goes on without the file. */
const ABOVE = (steps: number): string =>
  `import os\np = os.path.abspath(os.path.join(__file__, ${'os.pardir, '.repeat(steps)}"VERSION"))\nV = open(p).read().strip() if os.path.exists(p) else "0"\n`;

/** Packages in `libs/group/one` that take their version from `VERSION` at the root of the repository. */
const PACKAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'the root that Git names': {
    'pyproject.toml': SYSTEM,
    'setup.py':
      'import os, subprocess\nfrom setuptools import setup\ntry:\n    root = subprocess.check_output(["git", "rev-parse", "--show-toplevel"], text=True).strip()\n    v = open(os.path.join(root, "VERSION")).read().strip()\nexcept Exception:\n    v = "0"\nsetup(name="one", version=v, py_modules=[])\n',
  },
  'a module that attr names in pyproject.toml': { 'pyproject.toml': DYNAMIC('m5.V'), 'm5.py': ABOVE(4) },
  'one below src': {
    'pyproject.toml': DYNAMIC('pk.about.V', 'package-dir = { "" = "src" }'),
    'src/pk/about.py': ABOVE(6),
    'src/pk/__init__.py': '',
  },
  'one that attr names in setup.cfg': {
    'pyproject.toml': SYSTEM,
    'setup.cfg': '[metadata]\nname = one\nversion = attr: m5.V\n[options]\npy_modules =\n',
    'm5.py': ABOVE(4),
  },
};

for (const [name, files] of Object.entries(PACKAGES))
  test(name, async () => {
    const root = temporaryFolder();
    writeTree(root, { 'fn/h.py': HANDLER, 'fn/requirements.txt': '../libs/group/one\n', VERSION: '2.5.0\n' });
    writeTree(path.join(root, 'libs/group/one'), files);
    const git = (...args: readonly string[]): string =>
      runTool('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], root);
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '-m', 'one');
    const plan = planIn(root);
    assert.equal(plan.warnings, []);
    const names = fs.readdirSync(await bundleOf(plan, 'uv'));
    assert.ok(names.includes('one-2.5.0.dist-info'), names.join());
    fs.writeFileSync(path.join(root, 'VERSION'), '2.6.0\n');
    assert.is.not(planIn(root).hash.dependencies, plan.hash.dependencies);
  });

test('where no file is known, a warning names the script', () => {
  const root = temporaryFolder();
  writeTree(root, {
    'cdk.json': '{}',
    'fn/h.py': HANDLER,
    'fn/requirements.txt': '../one\n',
    'one/setup.py': 'root = run("git rev-parse --show-toplevel")\nread(root)\n',
  });
  assert.equal(planIn(root).warnings, [
    { _tag: 'BuildReadsAbove', package: path.join(root, 'one'), script: 'setup.py' },
  ]);
});

test('a module whose value is written down is not run, and is not read', () => {
  for (const value of ['V = "1"', 'V: str = (1, 2)  # now', "V = '1.2'"]) {
    const root = temporaryFolder();
    writeTree(root, {
      'cdk.json': '{}',
      VERSION: '1\n',
      'fn/h.py': HANDLER,
      'fn/requirements.txt': '../one\n',
      'one/pyproject.toml': DYNAMIC('m5.V'),
      'one/m5.py': ABOVE(2).replace(/^V = .*$/m, value),
    });
    const plan = planIn(root);
    assert.equal(plan.warnings, []);
    assert.not(JSON.stringify(plan.install?.inputs).includes('VERSION'), value);
  }
});

test.run();
