import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PythonFunction, PythonLayerVersion } from '../../../src/construct/index';
import { HANDLER, recordingApp } from '../support/app';
import { inLayer } from '../support/layers';
import { folderOf } from '../support/told-imports';

const test = suite('what layers of this library provide');

const LOCK = `version = 1
requires-python = ">=3.12"

[[package]]
name = "lay"
version = "1"
source = { virtual = "." }
dependencies = [{ name = "requests" }]

[[package]]
name = "requests"
version = "2.32.3"
source = { registry = "https://pypi.org/simple" }
dependencies = [{ name = "idna" }]

[[package]]
name = "idna"
version = "3.10"
source = { registry = "https://pypi.org/simple" }
`;

/** What a function that imports a module takes from the project above it, beside a layer with these files. */
const taken = (
  imported: string,
  lay: Readonly<Record<string, string>>,
  dependencies: { readonly omit?: string[] } = {},
): string | undefined => {
  const folder = folderOf({
    'cdk.json': '{}',
    'pyproject.toml': '[project]\nname = "a"\nversion = "1"\ndependencies = ["six"]\n',
    'fn/index.py': `import ${imported}\n${HANDLER}`,
    ...Object.fromEntries(Object.entries(lay).map(([name, text]) => [`lay/${name}`, text])),
  });
  const stack = new Stack(recordingApp().app, 'Stack');
  const compatibleRuntimes = [Runtime.PYTHON_3_13];
  const entry = path.join(folder, 'lay');
  const layer = new PythonLayerVersion(stack, 'Layer', { entry, compatibleRuntimes, dependencies });
  const { install } = PythonFunction.planOf(
    new PythonFunction(stack, 'Fn', { entry: path.join(folder, 'fn'), layers: [layer] }),
  );
  return install?.declaration?.replace(`${folder}/`, '');
};

test('a layer provides the distributions of its requirements.txt, and its own files', () => {
  assert.is(taken('idna', { 'requirements.txt': 'idna==3.9\n' }), undefined);
  assert.is(taken('yaml', { 'requirements.txt': 'PyYAML==6.0.2\n' }), undefined);
  assert.is(taken('own', { 'own.py': '' }), undefined);
  assert.is(taken('idna', { 'requirements.txt': 'six\n' }), 'pyproject.toml');
});

test('a layer provides all that its lock has, and what its project names without one', () => {
  const manifest = '[project]\nname = "lay"\nversion = "1"\ndependencies = ["requests"]\n';
  assert.is(taken('idna', { 'pyproject.toml': manifest, 'uv.lock': LOCK }), undefined);
  assert.is(taken('requests', { 'pyproject.toml': manifest }), undefined);
});

test('a layer provides the modules of a local package', () => {
  const files = {
    'requirements.txt': './shared\n',
    'shared/pyproject.toml': '[project]\nname = "acme-shared"\nversion = "1"\n',
    'shared/src/acme/__init__.py': '',
  };
  assert.is(taken('acme', files), undefined);
  assert.is(taken('acme_shared', files), undefined);
  assert.is(taken('other', files), 'pyproject.toml');
});

test('a layer does not provide what a marker or `dependencies.omit` leaves out', () => {
  assert.is(
    taken('idna', { 'requirements.txt': 'six\nidna==3.9; python_version < "3.9"\n' }),
    'pyproject.toml',
  );
  assert.is(taken('idna', { 'requirements.txt': 'six\nidna==3.9\n' }, { omit: ['IDNA'] }), 'pyproject.toml');
});

test('the layer of another function provides its distributions', () => {
  const folder = folderOf({
    'cdk.json': '{}',
    'pyproject.toml': '[project]\nname = "a"\nversion = "1"\ndependencies = ["idna"]\n',
    'fn/index.py': `import six\n${HANDLER}`,
  });
  const stack = new Stack(recordingApp().app, 'Stack');
  const { dependenciesLayer } = inLayer(stack, 'First');
  const layers = dependenciesLayer === undefined ? [] : [dependenciesLayer];
  const fn = new PythonFunction(stack, 'Fn', { entry: path.join(folder, 'fn'), layers });
  assert.is(layers.length, 1);
  assert.is(PythonFunction.planOf(fn).install, null);
});

test.run();
