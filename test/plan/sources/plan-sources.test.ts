import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { planSources } from '../../../src/plan/sources/plan-sources';
import { file, requirements } from '../support/world';

const test = suite('plan sources');

const entry = { root: '/app', path: 'stack.fn.py', source: '' };
const placement = { path: 'stack_fn.py', module: 'stack_fn' };

test('all files go in, ordered by their paths in the bundle, the entry at its place', () => {
  const files = [
    file('zeta', 'z', true),
    file('stack.fn.py', 'e'),
    file('stack_a.py', 'a'),
    file('B/x.py', 'x'),
  ];
  const paths = planSources({ files, requirements: null, project: null }, entry, placement);
  const from = ({ path, ...rest }: (typeof files)[number], to = path) => ({ from: path, path: to, ...rest });
  assert.equal(paths, [
    from(file('B/x.py', 'x')),
    from(file('stack_a.py', 'a')),
    from(file('stack.fn.py', 'e'), 'stack_fn.py'),
    from(file('zeta', 'z', true)),
  ]);
});

test('a requirements file that the installer reads stays out, wherever it lies', () => {
  const files = ['requirements.txt', 'req/base.txt', 'req/other.txt', 'x/requirements.txt'].map((name) =>
    file(name),
  );
  const read = requirements({ '/app/requirements.txt': '', '/app/req/base.txt': '', '/elsewhere/x.txt': '' });
  const paths = (seen: typeof read | null): readonly string[] =>
    planSources({ files, requirements: seen, project: null }, entry, placement).map(({ path }) => path);
  assert.equal(paths(read), ['req/other.txt', 'x/requirements.txt']);
  assert.equal(paths(null), ['req/base.txt', 'req/other.txt', 'x/requirements.txt']);
});

test('neither does one for pip that is not read, unless commands may want it', () => {
  const files = ['requirements-dev.txt', 'constraints.txt', 'requirements.in', 'requirements.json'].map(
    (name) => file(name),
  );
  const paths = (commands: boolean): readonly string[] =>
    planSources({ files, requirements: null, project: null }, entry, placement, commands).map(
      ({ path }) => path,
    );
  assert.equal(paths(false), ['requirements.json']);
  assert.equal(paths(true), [
    'constraints.txt',
    'requirements-dev.txt',
    'requirements.in',
    'requirements.json',
  ]);
});

test('a lock and its manifest stay out; a script that declares its own dependencies does not', () => {
  const files = ['stack.fn.py', 'uv.lock', 'pyproject.toml', 'poetry.lock'].map((name) => file(name));
  const text = (name: string) => ({ file: `/app/${name}`, text: '' });
  const paths = (source: string, manifest: string | null): readonly string[] => {
    const project = {
      kind: 'uv' as const,
      source: text(source),
      manifest: manifest === null ? null : text(manifest),
      localPackages: [],
    };
    return planSources({ files, requirements: null, project }, entry, placement).map(({ path }) => path);
  };
  assert.equal(paths('uv.lock', 'pyproject.toml'), ['poetry.lock', 'stack_fn.py']);
  assert.equal(paths('stack.fn.py', null), ['poetry.lock', 'pyproject.toml', 'stack_fn.py', 'uv.lock']);
});

test('what declares dependencies beside the entry and is not used stays out, unless commands may want it', () => {
  const files = ['stack.fn.py', 'pyproject.toml', 'a/pyproject.toml'].map((name) => file(name));
  const paths = (commands: boolean): readonly string[] =>
    planSources(
      { files, requirements: null, project: null, beside: ['pyproject.toml'] },
      entry,
      placement,
      commands,
    ).map(({ path }) => path);
  assert.equal(paths(false), ['a/pyproject.toml', 'stack_fn.py']);
  assert.equal(paths(true), ['a/pyproject.toml', 'pyproject.toml', 'stack_fn.py']);
});

test.run();
