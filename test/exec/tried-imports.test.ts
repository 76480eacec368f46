import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showPlanWarning } from '../../src/plan/errors/plan-warning';
import { MONO_LOCK, monoProject } from '../support/mono-project';
import { planIn, treeOf } from '../support/planned-tree';

const test = suite('imports in a `try`, and a project above that may have them under another name');

/** Modules in a `try`, and distributions that have them under another name. */
const OTHER_NAMES: readonly (readonly [string, string])[] = [
  ['grpc', 'grpcio'],
  ['Levenshtein', 'python-Levenshtein'],
  ['multipart', 'python-multipart'],
  ['tensorflow', 'tensorflow-cpu'],
  ['faiss', 'faiss-gpu'],
  ['bson', 'pymongo'],
  ['ulid', 'python-ulid'],
  ['rest_framework', 'djangorestframework'],
  ['corsheaders', 'django-cors-headers'],
  ['pythonjsonlogger', 'python-json-logger'],
  ['Xlib', 'python-xlib'],
  ['wx', 'wxPython'],
  ['acme', 'acme-utils'],
  ['acme_status.codes', 'acme_status-io'],
  ['acme_orders', 'acme'],
  ['google.cloud.oddity_v2', 'google-cloud-oddity'],
];

const seen = (module: string, files: Readonly<Record<string, string>>, text = `import ${module}`) => {
  const folder = treeOf({
    'cdk.json': '{}',
    'fn/h.py': `try:\n ${text}\nexcept ImportError:\n pass\n`,
    ...files,
  });
  const { warnings, install } = planIn(folder, 'fn/h.py', 'stack.ts', {
    runtime: { prop: 'python3.12' },
  });
  return [
    install !== null,
    ...warnings.flatMap((warning) =>
      warning._tag === 'ComputedImport' ? showPlanWarning(warning).replaceAll(`${folder}/`, '') : [],
    ),
  ];
};
const by = (module: string, distribution: string, text?: string) =>
  seen(module, { 'pyproject.toml': monoProject(distribution) }, text);

test('a distribution counts whose name has that of the module in it, or is in it', () => {
  for (const [module, distribution] of OTHER_NAMES) assert.equal(by(module, distribution), [true], module);
});

test('what a lock has because others need it', () => {
  const lock = MONO_LOCK.replace('[{ name = "idna" }]', '[{ name = "requests" }]').replace(
    '[{ name = "idna", specifier = "==3.10" }]',
    '[{ name = "requests" }]',
  );
  const requests =
    '[[package]]\nname = "requests"\nversion = "2.32.3"\nsource = { registry = "https://pypi.org/simple" }\ndependencies = [{ name = "idna" }]\n';
  const files = { 'pyproject.toml': monoProject('requests'), 'uv.lock': `${lock}${requests}` };
  assert.equal(seen('idna', files), [true]);
  assert.equal(seen('yaml', files), [false]);
});

test('names that tell nothing', () => {
  const told =
    'fn/h.py:2 tries to import acme, and works without it. It is not known whether the project above has it: pyproject.toml is not used. If it is needed, set `dependencies.from` to "../pyproject.toml". If not, acknowledge this warning.';
  assert.equal(by('acme', 'odd-name'), [false, told]);
  // A short name is part of too many.
  assert.equal(by('acme', 'ac'), [false, told]);
  assert.is(by('ac', 'place')[0], false);
  assert.is(by('google.cloud.odd', 'google-other')[0], false);
});

test('names that are known', () => {
  // The modules of what is declared are known, or the distribution of what is tried.
  assert.equal(by('acme', 'requests'), [false]);
  assert.equal(by('yaml', 'odd-name'), [false]);
  assert.equal(by('mypy_boto3_s3', 'boto3'), [false]);
  assert.equal(by('json', 'odd-name'), [false]);
  assert.equal(seen('acme', { 'pyproject.toml': monoProject() }), [false]);
  const branch = 'import sys\n if sys.platform == "win32":\n  import acme';
  assert.equal(by('acme', 'odd-name', branch), [false]);
});

test.run();
