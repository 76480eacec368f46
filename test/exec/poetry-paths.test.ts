import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bundleOf, HANDLER, planIn, POETRY, TOOLS } from '../support/local-build';
import { temporaryFolder, writeTree } from '../support/temporary';

const test = suite('path dependencies of a Poetry package');

/** `one` needs `two`, which needs `three`; `four` is in an extra that nothing asks for. */
const TREE = {
  'cdk.json': '{}',
  'fn/h.py': HANDLER,
  'fn/requirements.txt': '../libs/one\n',
  'libs/one/pyproject.toml': POETRY(
    '[tool.poetry.dependencies]\ntwo = { path = "../two", develop = true }\nfour = { path = "../four", optional = true }\n[tool.poetry.extras]\nmore = ["four"]\n',
  ),
  'libs/one/one.py': 'import two\n',
  'libs/two/pyproject.toml': POETRY('[tool.poetry.dependencies]\nthree = { path = "../three" }\n').replace(
    '"one"',
    '"two"',
  ),
  'libs/two/two.py': 'import three\n',
  'libs/three/pyproject.toml': POETRY('').replace('"one"', '"three"'),
  'libs/three/three.py': 'NAME = "first"\n',
  'libs/four/pyproject.toml': POETRY('').replace('"one"', '"four"'),
  'libs/four/four.py': '',
};

for (const tool of TOOLS)
  test(`they are in the bundle, and an edit of one counts, ${tool}`, async () => {
    const [root, store] = [temporaryFolder(), temporaryFolder()];
    writeTree(root, TREE);
    const third = async (): Promise<string> => {
      const bundle = await bundleOf(planIn(root), tool, store);
      assert.equal(
        fs.readdirSync(bundle).filter((name) => /^(one|two|three|four)\.py$/.test(name)),
        ['one.py', 'three.py', 'two.py'],
      );
      return fs.readFileSync(path.join(bundle, 'three.py'), 'utf8');
    };
    assert.is(await third(), 'NAME = "first"\n');
    writeTree(root, { 'libs/three/three.py': 'NAME = "second"\n' });
    assert.is(await third(), 'NAME = "second"\n');
  });

test.run();
