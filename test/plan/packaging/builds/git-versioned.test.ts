import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readsGit } from '../../../../src/plan/packaging/builds/git-versioned';

const test = suite('builds that read a version from Git');

const VCS = 'version]\nsource = "vcs"\n';

test('hatchling is asked for it in pyproject.toml, or in hatch.toml, which comes first', () => {
  assert.is(readsGit({ 'pyproject.toml': `[tool.hatch.${VCS}` }), true);
  assert.is(readsGit({ 'pyproject.toml': '', 'hatch.toml': `[${VCS}` }), true);
  const other = '[version]\npath = "a.py"\n';
  assert.is(readsGit({ 'pyproject.toml': `[tool.hatch.${VCS}`, 'hatch.toml': other }), false);
});

test.run();
