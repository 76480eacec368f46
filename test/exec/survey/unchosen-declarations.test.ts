import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../../src/plan/request/bundle-request';
import { installs, planIn, treeOf } from '../../support/planned-tree';

const test = suite('a layer and declarations that are used only where they are named');

/** What a layer of these files installs, or why there is none. */
const layerOf = (
  files: Readonly<Record<string, string>>,
  changes: Partial<BundleRequest> = {},
): string | null => {
  const folder = treeOf(files);
  try {
    const plan = planIn(folder, '.', 'stack.ts', {
      kind: 'layer',
      prefix: 'python',
      runtime: { prop: 'python3.13' },
      ...changes,
    });
    return plan.install?.declaration?.replace(folder, '{layer}') ?? installs(plan);
  } catch (error) {
    return (error as Error).message.replaceAll(folder, '{layer}');
  }
};

const FOLDER = { 'requirements/base.txt': 'idna==3.10\n', 'requirements/dev.txt': '-r base.txt\n' };

test('one without a module of its own would have nothing in it that Python imports', () => {
  assert.is(
    layerOf(FOLDER),
    'The layer of {layer} has no module of its own, and no declaration in the folder is used: {layer} has requirements/base.txt, requirements/dev.txt, which are used only if `dependencies.from` names them. Set it to "requirements/base.txt", or to another of them, or to "none" if nothing is to be installed.',
  );
  assert.is(
    layerOf({ 'pylock.prod.toml': '', 'README.md': '' }),
    'The layer of {layer} has no module of its own, and no declaration in the folder is used: {layer} has pylock.prod.toml, which is used only if `dependencies.from` names it. Set it to "pylock.prod.toml", or to "none" if nothing is to be installed.',
  );
});

test('the advice works', () => {
  const from = (name: string) => layerOf(FOLDER, { dependencies: { ...DEFAULT_DEPENDENCIES, from: name } });
  assert.is(from('requirements/base.txt'), '{layer}/requirements/base.txt');
  assert.is(from('requirements/dev.txt'), '{layer}/requirements/dev.txt');
  assert.is(from('none'), null);
});

test('one with modules needs them where a module imports what nothing provides', () => {
  assert.is(
    layerOf({ 'mod.py': 'import idna\n', ...FOLDER }),
    '{layer}/mod.py:1 imports idna, and no declaration beside the entry is used: {layer} has requirements/base.txt, requirements/dev.txt, which are used only if `dependencies.from` names them. Set it to "requirements/base.txt", or to another of them, or to "none" if something else provides the module.',
  );
  assert.is(layerOf({ 'mod.py': 'import json\n', ...FOLDER }), null);
  assert.is(layerOf({ 'native.so': '', ...FOLDER }), null);
  assert.is(layerOf({ 'requirements.txt': 'idna==3.10\n', ...FOLDER }), '{layer}/requirements.txt');
});

test('commands may install them', () => {
  const hooks = { before: [], after: ['pip install -r requirements/base.txt -t .'] };
  assert.not.match(String(layerOf(FOLDER, { hooks })), 'used only');
});

test.run();
