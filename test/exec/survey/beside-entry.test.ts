import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../../src/plan/request/bundle-request';
import { planOf } from '../support/plans';
import { folderOf, HANDLER } from '../support/requests';

const test = suite('what declares dependencies beside an entry');

const PROJECT = '[project]\nname = "a"\nversion = "1"\ndependencies = ["six==1.17.0"]\n';
const SCRIPT = `# /// script\n# dependencies = ["six==1.17.0"]\n# ///\n${HANDLER}`;
const hooks = { before: [], after: ['true'] };

/** What of an entry ships, and what commands see that does not. */
const planned = (tree: Readonly<Record<string, string>>, changes: Partial<BundleRequest> = {}) => {
  const { sources, install } = planOf(folderOf({ 'index.py': HANDLER, ...tree }), changes);
  return { ships: sources.map((source) => source.path), unshipped: install?.unshipped ?? [] };
};

const from = (value: string): Partial<BundleRequest> => ({
  dependencies: { ...DEFAULT_DEPENDENCIES, from: value },
});

test('it does not ship, whether it is used or not', () => {
  const only = { ships: ['index.py'], unshipped: [] };
  const cases: readonly (readonly [Readonly<Record<string, string>>, Partial<BundleRequest>?])[] = [
    [{ 'pyproject.toml': PROJECT }],
    [{ 'index.py': SCRIPT, 'pyproject.toml': PROJECT }],
    [
      {
        'requirements.txt': 'six==1.17.0\n',
        'pyproject.toml': PROJECT,
        'poetry.lock': '',
        'pylock.a.toml': '',
      },
    ],
    [{ 'requirements.txt': 'six==1.17.0\n', 'pyproject.toml': '[dependency-groups]\n' }],
    [{ 'pyproject.toml': PROJECT }, from('none')],
    [{ 'requirements.txt': 'six==1.17.0\n', 'pyproject.toml': PROJECT }, from('requirements.txt')],
  ];
  for (const [tree, changes] of cases) assert.equal(planned(tree, changes), only, JSON.stringify(tree));
});

test('settings of tools ship, and so does what lies elsewhere', () => {
  assert.equal(planned({ 'index.py': SCRIPT, 'pyproject.toml': '[tool.ruff]\n' }).ships, [
    'index.py',
    'pyproject.toml',
  ]);
  assert.equal(planned({ 'index.py': SCRIPT, 'data/pyproject.toml': PROJECT, 'data/uv.lock': '' }).ships, [
    'data/pyproject.toml',
    'data/uv.lock',
    'index.py',
  ]);
});

test('commands see it', () => {
  assert.equal(planned({ 'index.py': SCRIPT, 'pyproject.toml': PROJECT }, { hooks }), {
    ships: ['index.py', 'pyproject.toml'],
    unshipped: ['pyproject.toml'],
  });
});

test('what a program reads of it, it includes by name', () => {
  const folder = folderOf({ 'index.py': SCRIPT, 'pyproject.toml': PROJECT });
  const plan = planOf(folder, {
    include: [{ from: path.join(folder, 'pyproject.toml'), to: 'pyproject.toml' }],
  });
  assert.equal(
    plan.sources.map((source) => source.path),
    ['index.py', 'pyproject.toml'],
  );
});

test.run();
