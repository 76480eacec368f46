import * as fc from 'fast-check';
import ignore from 'ignore';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { IgnoreQuestion } from '../../../src/plan/sources/ignore-rules';
import {
  CDK_IGNORES,
  DEFAULT_IGNORES,
  ignoreRules,
  LOCAL_PACKAGE_IGNORES,
} from '../../../src/plan/sources/ignore-rules';

const test = suite('ignore rules');

const rules = (changes: Partial<IgnoreQuestion> = {}) =>
  ignoreRules({ exclude: [], outputs: [], rootNames: [], definedHere: false, ...changes });

/** A path that each pattern keeps out. */
const DEFAULTS: Readonly<Record<string, string>> = {
  '*.*.py': 'stack.other.py',
  '__pycache__/': 'a/__pycache__/',
  '*.py[cod]': 'a/b.pyc',
  '.pytest_cache/': '.pytest_cache/',
  '.mypy_cache/': '.mypy_cache/',
  '.ruff_cache/': '.ruff_cache/',
  '.hypothesis/': '.hypothesis/',
  '.tox/': '.tox/',
  '.nox/': '.nox/',
  '.coverage': '.coverage',
  '.coverage.*': '.coverage.host.1',
  'htmlcov/': 'htmlcov/',
  '*.egg-info/': 'pkg.egg-info/',
  '.venv/': 'a/.venv/',
  'pyvenv.cfg': 'pyvenv.cfg',
  'node_modules/': 'node_modules/',
  'cdk.out/': 'cdk.out/',
  '.cdk.staging/': '.cdk.staging/',
  '.aws-sam/': '.aws-sam/',
  '.cdk-lambda-python/': '.cdk-lambda-python/',
  '.git': '.git/',
  '.gitignore': 'a/.gitignore',
  '.gitattributes': '.gitattributes',
  '.hg/': '.hg/',
  '.svn/': '.svn/',
  '.idea/': '.idea/',
  '.vscode/': '.vscode/',
  '.DS_Store': 'a/.DS_Store',
  'Thumbs.db': 'Thumbs.db',
  '.env*': '.env.local',
  '.netrc': '.netrc',
  _netrc: '_netrc',
  '.pypirc': '.pypirc',
  '.npmrc': 'web/.npmrc',
  '.yarnrc*': '.yarnrc.yml',
  '.git-credentials': '.git-credentials',
  '.aws/': '.aws/',
  '.azure/': '.azure/',
  '.docker/': '.docker/',
  '.gnupg/': '.gnupg/',
  '.kube/': '.kube/',
  '.ssh/': '.ssh/',
  '.terraform/': '.terraform/',
  '*.tfstate': 'terraform.tfstate',
  '*.tfstate.*': 'terraform.tfstate.backup',
  id_rsa: 'keys/id_rsa',
  id_dsa: 'id_dsa',
  id_ecdsa: 'id_ecdsa',
  id_ed25519: 'id_ed25519',
  'pip.conf': 'pip.conf',
  'pip.ini': 'pip.ini',
  'uv.toml': 'uv.toml',
};

const CDK: Readonly<Record<string, string>> = {
  '*.ts': 'a/stack.ts',
  '*.tsx': 'a.tsx',
  '*.mts': 'a.mts',
  '*.cts': 'a.cts',
  '*.tsbuildinfo': 'tsconfig.tsbuildinfo',
  '/*.js': 'app.js',
  '/*.mjs': 'app.mjs',
  '/*.cjs': 'app.cjs',
  '/*.jsx': 'app.jsx',
  '/*.map': 'app.js.map',
  '/package.json': 'package.json',
  '/package-lock.json': 'package-lock.json',
  '/npm-shrinkwrap.json': 'npm-shrinkwrap.json',
  '/yarn.lock': 'yarn.lock',
  '/pnpm-lock.yaml': 'pnpm-lock.yaml',
  '/bun.lock': 'bun.lock',
  '/cdk.json': 'cdk.json',
  '/cdk.context.json': 'cdk.context.json',
  '/tsconfig*.json': 'tsconfig.build.json',
  '/jest.config.*': 'jest.config.js',
  '/eslint.config.*': 'eslint.config.mjs',
  '/.eslintrc*': '.eslintrc.json',
  '/.prettierrc*': '.prettierrc',
  '/.prettierignore': '.prettierignore',
  '/.npmignore': '.npmignore',
};

test('every pattern has its example here', () => {
  assert.equal(Object.keys(DEFAULTS), DEFAULT_IGNORES);
  assert.equal(Object.keys(CDK), CDK_IGNORES);
});

for (const [pattern, path] of Object.entries(DEFAULTS)) {
  test(`${pattern} keeps ${path} out, unless it is taken back`, () => {
    assert.ok(rules()(path));
    const others = DEFAULT_IGNORES.filter((other) => other !== pattern);
    assert.not.ok(ignore().add(others).ignores(path), 'another pattern does it as well');
    assert.not.ok(rules({ exclude: [`!${pattern}`] })(path));
  });
}

for (const [pattern, path] of Object.entries(CDK)) {
  test(`${pattern} keeps ${path} out where a CDK app lies, and only there`, () => {
    assert.ok(rules({ definedHere: true })(path));
    assert.not.ok(rules()(path));
    assert.not.ok(rules({ definedHere: true, exclude: [`!${pattern}`] })(path));
  });
}

test('a CDK app lies where a construct is defined, or where its files are', () => {
  const keepsOut = (changes: Partial<IgnoreQuestion>): boolean => rules(changes)('a.ts');
  assert.equal(
    [['cdk.json'], ['tsconfig.json'], ['package.json'], ['index.py', 'data']].map((rootNames) =>
      keepsOut({ rootNames }),
    ),
    [true, true, true, false],
  );
  assert.ok(keepsOut({ definedHere: true }));
});

test('what a program needs stays in', () => {
  const kept = [
    'index.py',
    'requirements.txt',
    'data/table.csv',
    'lib/app.js',
    'lib/package.json',
    'env/',
    'venv/',
    'py.typed',
    'a/cdk.outer/',
    'x.py.txt',
    'git/',
    '.hidden',
    'Cdk.out/',
  ];
  assert.equal(kept.filter(rules({ definedHere: true })), []);
});

test('what lies in a folder that is out is out', () => {
  assert.ok(rules()('node_modules/a/index.py'));
  assert.ok(rules()('a/__pycache__/b.txt'));
  assert.ok(rules({ exclude: ['data/'] })('data/a/b.csv'));
});

test('exclude has the semantics of .gitignore, after the defaults', () => {
  const excluded = rules({
    exclude: ['*.csv', '!keep.csv', '/top.txt', 'docs/', '**/tests/**', '# no', '!.env.example'],
  });
  const out = ['a.csv', 'a/b.csv', 'top.txt', 'docs/', 'a/tests/b.py'];
  const kept = ['keep.csv', 'a/keep.csv', 'a/top.txt', 'docs', 'tests', '.env.example', '# no'];
  assert.equal([...out, ...kept].filter(excluded), out);
  assert.ok(excluded('.env'));
  assert.ok(rules({ exclude: ['a b.txt'] })('a b.txt'));
  assert.not.ok(rules({ exclude: ['A.txt'] })('a.txt'));
});

test('outputs are out wherever they lie, and cannot be taken back', () => {
  const out = rules({ outputs: ['build/cdk', 'o'], exclude: ['!build/cdk', '!o/'] });
  assert.equal(
    [
      'build/cdk',
      'build/cdk/',
      'build/cdk/asset.1/index.py',
      'o/',
      'build/',
      'build/cdk2/',
      'a/o/',
      'oo',
    ].filter(out),
    ['build/cdk', 'build/cdk/', 'build/cdk/asset.1/index.py', 'o/'],
  );
});

test('any pattern and any name get an answer', () => {
  const odd = fc.string({
    unit: fc.constantFrom(
      'a',
      '*',
      '!',
      '[',
      ']',
      '\\',
      '/',
      '(',
      ')',
      '?',
      '{',
      '^',
      '-',
      '.',
      ' ',
      '+',
      '|',
      'ä',
    ),
  });
  const name = fc.string({
    minLength: 1,
    unit: fc.constantFrom('a', '[', '\\', ' ', '!', '#', '*', '(', "'", 'ä', '\n'),
  });
  fc.assert(
    fc.property(fc.array(odd), name, name, (exclude, folder, file) => {
      assert.type(rules({ exclude })(`${folder}/${file}`), 'boolean');
      assert.type(rules({ exclude })(`${folder}/`), 'boolean');
    }),
    { numRuns: 500 },
  );
});

test('a local package keeps what its build reads', () => {
  const out = ignore().add([...LOCAL_PACKAGE_IGNORES]);
  const kept = [
    'a.b.py',
    '.gitignore',
    '.gitattributes',
    'src/build/a.py',
    'src/dist/a.py',
    'setup.py',
    'build',
  ];
  const left = [
    'build/',
    'dist/',
    '.git/',
    '__pycache__/',
    'x.egg-info/',
    '.venv/',
    'node_modules/',
    'a.pyc',
    '.env',
  ];
  assert.equal(
    [...kept, ...left].filter((path) => out.ignores(path)),
    left,
  );
});

test.run();
