import { left } from 'fp-ts/Either';
import { suite } from 'uvu';
import { chooseRuntime } from '../../../src/plan/runtime/runtime-choice';
import * as assert from 'uvu/assert';
import { requiredPython } from '../../../src/plan/runtime/required-python';
import type { ProjectFile } from '../../../src/plan/model/source-snapshot';
import type { DeclarationKind } from '../../../src/plan/request/declaration-kind';

const test = suite('the Pythons that a project is for');

const of = (kind: DeclarationKind, source: ProjectFile, manifest: ProjectFile | null = null) => {
  const found = requiredPython({ kind, source, manifest, localPackages: [] });
  return found && [found.file, found.text, ['3.8', '3.11', '3.13'].filter(found.allows)];
};

const file = (name: string, text: string): ProjectFile => ({ file: name, text });

test('by the manifest, in the words of its tool', () => {
  const lock = file('/p/uv.lock', 'version = 1\nrequires-python = ">=3.8"\n');
  assert.equal(of('uv', lock, file('/p/pyproject.toml', '[project]\nrequires-python = ">=3.9"\n')), [
    '/p/pyproject.toml',
    '>=3.9',
    ['3.11', '3.13'],
  ]);
  assert.equal(
    of(
      'poetry',
      file('/p/poetry.lock', ''),
      file('/p/pyproject.toml', '[tool.poetry.dependencies]\npython = "^3.10, <3.12"\n'),
    ),
    ['/p/pyproject.toml', '^3.10, <3.12', ['3.11']],
  );
  assert.equal(
    of('pipenv', file('/p/Pipfile.lock', '{}'), file('/p/Pipfile', '[requires]\npython_version = "3.11"\n')),
    ['/p/Pipfile', '==3.11.*', ['3.11']],
  );
  assert.equal(
    of(
      'pipenv',
      file('/p/Pipfile.lock', '{}'),
      file('/p/Pipfile', '[requires]\npython_full_version = "3.11.4"\n'),
    ),
    ['/p/Pipfile', '==3.11.*', ['3.11']],
  );
});

test('by the lock where there is no manifest, and by the script', () => {
  const lock = file('/p/uv.lock', 'version = 1\nrequires-python = ">=3.9"\n');
  const script = file('/p/fn.py', '# /// script\n# requires-python = ">=3.12"\n# dependencies = []\n# ///\n');
  assert.equal(of('uv', lock), ['/p/uv.lock', '>=3.9', ['3.11', '3.13']]);
  assert.equal(of('script', script), ['/p/fn.py', '>=3.12', ['3.13']]);
  assert.equal(of('uv', file('/p/fn.py.lock', ''), script), ['/p/fn.py', '>=3.12', ['3.13']]);
});

test('what is no specifier is an error with its line', () => {
  const source = file('/p/pyproject.toml', '[project]\nname = "a"\nrequires-python = "3.9+"\n');
  const error = {
    _tag: 'InvalidDeclaration',
    file: '/p/pyproject.toml',
    line: 3,
    reason: 'requires-python is "3.9+", which is not a version specifier',
  };
  const project = { kind: 'pyproject' as const, source, manifest: null, localPackages: [] };
  assert.equal(requiredPython(project)?.error, error);
  assert.equal(chooseRuntime({ runtime: {} }, { pythonVersion: null, project }), left(error));
});

test('so is what is no constraint of Poetry', () => {
  const poetry = (python: string) =>
    requiredPython({
      kind: 'poetry',
      source: file('/p/poetry.lock', ''),
      manifest: file('/p/pyproject.toml', `[tool.poetry.dependencies]\nsix = "*"\npython = "${python}"\n`),
      localPackages: [],
    })?.error;
  const error = (python: string) => ({
    _tag: 'InvalidDeclaration',
    file: '/p/pyproject.toml',
    line: 3,
    reason: `python is "${python}", which is not a constraint of Poetry`,
  });
  for (const none of ['^three', '>=', '3.9 or so', '^', '>=3.9,<4,='])
    assert.equal(poetry(none), error(none), none);
  for (const good of [
    '*',
    '^3.9',
    '~3.9',
    '>=3.9,<4.0',
    '>= 3.9 , < 4',
    '^3.9 || ^2.7',
    '3.*',
    '~=3.9',
    '!=3.9.1',
    '>=3.9.*',
    '>=3.9 <4',
  ])
    assert.is(poetry(good), undefined, good);
});

test('none where nothing is said, or it cannot be read', () => {
  assert.is(of('pyproject', file('/p/pyproject.toml', '[project]\nname = "a"\n')), null);
  assert.is(of('pyproject', file('/p/pyproject.toml', '[project\n')), null);
  assert.is(of('pipenv', file('/p/Pipfile.lock', '{}')), null);
  assert.is(of('script', file('/p/fn.py', '# /// script\n# dependencies = 1\n# ///\n')), null);
});

test.run();
