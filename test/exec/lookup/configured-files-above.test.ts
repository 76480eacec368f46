import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { localReader } from '../../../src/exec/survey/local-packages';
import { namedAbove } from '../../../src/exec/lookup/configured-files-above';
import { surveyMemory } from '../../../src/exec/survey/survey-memory';
import { temporaryFolder, writeTree } from '../../support/temporary';

const test = suite('files that a text names in the folders above a package');

test('files of each folder up to the last one, and nothing further up', () => {
  const root = temporaryFolder();
  writeTree(root, {
    VERSION: '0',
    'app/VERSION': '1',
    'app/libs/VERSION': '2',
    'app/libs/data/x.txt': '',
    'app/libs/one/VERSION': '3',
  });
  const [folder, within] = [path.join(root, 'app/libs/one'), path.join(root, 'app')];
  const names = ['VERSION', 'data', 'data/x.txt', 'gone', `${'ä'.repeat(200)}`, 'VERSION/x'];
  assert.equal(namedAbove(names, { folder, within }), ['../VERSION', '../data/x.txt', '../../VERSION']);
  assert.equal(namedAbove(names, { folder: within, within }), []);
  assert.equal(namedAbove([], { folder, within }), []);
});

test("a script of a backend that asks Git has Git's metadata", () => {
  const root = temporaryFolder();
  writeTree(root, {
    'cdk.json': '{}',
    '.git/HEAD': `${'a'.repeat(40)}\n`,
    'one/pyproject.toml':
      '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n[project]\nname = "one"\nversion = "1"\n[tool.hatch.build.hooks.custom]\n',
    'one/hatch_build.py': "subprocess.run(['git', 'describe', '--tags'])\n",
  });
  const locals = localReader(
    { outputDirectory: path.join(root, 'cdk.out'), appFolder: root, memory: surveyMemory() },
    [],
  );
  const read = locals.read({ path: path.join(root, 'one'), file: path.join(root, 'r.txt'), line: 1 });
  assert.is(read?.git?.root, root);
});

test.run();
