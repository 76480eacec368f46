import { isLeft } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { plan } from '../../../../src/plan/plan';
import { showPlanError } from '../../../../src/plan/errors/plan-error';
import type { SourceSnapshot } from '../../../../src/plan/model/source-snapshot';
import { file, folder, request, requirements, requiring, snapshot } from '../../support/world';

const test = suite('folders that are no packages');

const said = (seen: SourceSnapshot): readonly string[] => {
  const made = plan(request(), seen);
  return isLeft(made) ? made.left.map(showPlanError) : [];
};

const ADVICE = 'Add a pyproject.toml that names its build backend, or copy the modules beside the entry.';

test('a folder without pyproject.toml or setup.py is told, with file and line', () => {
  const shared = folder(null, '/app/shared', [file('shared.py')]);
  for (const line of ['-e ../shared', '../shared', 'shared @ ../shared'])
    assert.equal(said(requiring(`six==1.17.0\n${line}\n`, shared)), [
      `/app/lib/requirements.txt:2 requires the folder /app/shared, which has neither a pyproject.toml nor a setup.py, so nothing can install it. ${ADVICE}`,
    ]);
});

test('a folder in it that is one is named; of several none is', () => {
  const one = [file('python/setup.py'), file('python/vendored/x/setup.py'), file('README.md')];
  assert.equal(said(requiring('-e ../shared\n', folder(null, '/app/shared', one))), [
    '/app/lib/requirements.txt:1 requires the folder /app/shared, which has neither a pyproject.toml nor a setup.py, so nothing can install it. Name /app/shared/python, which has one, or add one.',
  ]);
  const two = [...one, file('other/pyproject.toml')];
  assert.match(said(requiring('-e ../shared\n', folder(null, '/app/shared', two))).join(), ADVICE);
  const above = folder(null, '/app/shared', [file('../setup.py'), file('a.py')]);
  assert.match(said(requiring('-e ../shared\n', above)).join(), ADVICE);
});

test('a setup.py or a pyproject.toml is enough; folders of wheels and constraints need neither', () => {
  assert.equal(said(requiring('../shared\n', folder(null, '/app/shared', [file('setup.py')]))), []);
  assert.equal(said(requiring('../shared\n', folder('shared', '/app/shared'))), []);
  const wheels = folder(null, '/app/wheels', [file('six-1.17.0-py2.py3-none-any.whl')]);
  assert.equal(said(requiring('--find-links ../wheels\nsix==1.17.0\n', wheels)), []);
});

test('the same of a project and of a lock', () => {
  const shared = folder(null, '/app/shared', [file('shared.py')]);
  const project =
    '[project]\nname = "a"\nversion = "1"\ndependencies = ["shared"]\n[tool.uv.sources]\nshared = { path = "../shared" }\n';
  const at = (source: string, kind: 'pyproject' | 'uv', text: string): SourceSnapshot =>
    snapshot({
      project: {
        kind,
        source: { file: source, text },
        manifest: kind === 'uv' ? { file: '/app/lib/pyproject.toml', text: project } : null,
        localPackages: [shared],
      },
    });
  assert.match(
    said(at('/app/lib/pyproject.toml', 'pyproject', project)).join(),
    /^\/app\/lib\/pyproject\.toml:4 requires the folder \/app\/shared, which has neither/,
  );
  const lock = [
    'version = 1',
    'requires-python = ">=3.8"',
    '[[package]]',
    'name = "a"',
    'version = "1"',
    'source = { virtual = "." }',
    'dependencies = [{ name = "shared" }]',
    '[package.metadata]',
    'requires-dist = [{ name = "shared", directory = "../shared" }]',
    '[[package]]',
    'name = "shared"',
    'version = "1"',
    'source = { directory = "../shared" }',
    '',
  ].join('\n');
  assert.match(
    said(at('/app/lib/uv.lock', 'uv', lock)).join(),
    /^\/app\/lib\/uv\.lock:\d+ requires the folder \/app\/shared, which has neither/,
  );
});

const unused = (seen: SourceSnapshot): readonly string[] => {
  const made = plan(request(), seen);
  if (isLeft(made)) throw new Error(made.left.map(showPlanError).join('\n'));
  return made.right.warnings.flatMap((one) => (one._tag === 'DeclarationNotUsed' ? one.unused : []));
};

test('`-e .` installs what the pyproject.toml there declares, which is used by that', () => {
  const own = folder('own', '/app/lib', [file('pyproject.toml')]);
  const declared = { '/app/lib/requirements.txt': '-e .\n' };
  const seen = { requirements: requirements(declared, [own]) };
  assert.equal(unused(snapshot({ ...seen, unused: ['/app/lib/pyproject.toml'] })), []);
  assert.equal(unused(snapshot({ ...seen, unused: ['/app/lib/Pipfile.lock'] })), ['/app/lib/Pipfile.lock']);
  assert.equal(unused({ ...requiring('six==1.17.0\n'), unused: ['/app/lib/pyproject.toml'] }), [
    '/app/lib/pyproject.toml',
  ]);
});

test.run();
