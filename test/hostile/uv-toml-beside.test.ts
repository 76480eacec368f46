import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { planOf, planWith } from '../exec/support/plans';
import { folderOf, HANDLER } from '../exec/support/requests';
import { BOTH, machine, madeOn, told } from './machines';
import { indexFor, withIndexes } from './two-indexes';

const test = suite('a uv.toml beside a requirements file');

for (const tool of BOTH)
  test(`${tool}: it is not read, and a line says so, unless UV_CONFIG_FILE names it`, () =>
    withIndexes(async (mine, theirs) => {
      const settings = { 'uv.toml': `[[index]]\nname = "company"\nurl = "${mine.url}"\ndefault = true\n` };
      const plan = planWith('corp==1\n', {}, settings);
      const file = path.join(plan.entry.root, 'uv.toml');
      const lines = await told(async () => {
        assert.is(await madeOn(plan, machine(tool, indexFor(tool, theirs))), 'WHOSE = "theirs"');
      });
      assert.match(
        lines.join('\n'),
        `${file} is not read: no index and no other setting of it counts. Name indexes in requirements.txt or in \`dependencies.index\`, or set UV_CONFIG_FILE to that file`,
      );
      const other = planWith('corp==1\n', {}, settings);
      const named = await told(async () => {
        const own = machine(tool, { UV_CONFIG_FILE: path.join(other.entry.root, 'uv.toml') });
        assert.is(await madeOn(other, own), 'WHOSE = "mine"');
      });
      assert.not.match(named.join('\n'), 'is not read');
    }));

const SETTINGS = '[[index]]\nname = "company"\nurl = "http://127.0.0.1:9/simple"\ndefault = true\n';
const OF_PROJECT = SETTINGS.replace('[[index]]', '[[tool.uv.index]]');
const APP = { 'app/cdk.json': '{}', 'app/fn/index.py': HANDLER, 'app/fn/requirements.txt': 'corp==1\n' };

/** A tree around an app, and the file that a line names, with how the line begins; null where no line is told. */
const AROUND: Readonly<Record<string, readonly [Readonly<Record<string, string>>, string | null]>> = {
  'a uv.toml at the root of the app': [{ 'app/uv.toml': SETTINGS }, 'app/uv.toml'],
  'a uv.toml above the app': [{ 'uv.toml': SETTINGS }, null],
  'the nearest of two': [{ 'app/uv.toml': SETTINGS, 'app/fn/uv.toml': SETTINGS }, 'app/fn/uv.toml'],
  '[tool.uv] further up': [{ 'app/pyproject.toml': OF_PROJECT }, '[tool.uv] of app/pyproject.toml'],
  'a uv.toml beside a pyproject.toml': [
    { 'app/pyproject.toml': OF_PROJECT, 'app/uv.toml': SETTINGS },
    'app/uv.toml',
  ],
  'a nearer [tool.uv] that decides nothing': [
    { 'app/fn/pyproject.toml': '[tool.uv]\nmanaged = false\n', 'app/uv.toml': SETTINGS },
    null,
  ],
  'a nearer pyproject.toml without [tool.uv]': [
    { 'app/fn/pyproject.toml': '[tool.ruff]\n', 'app/uv.toml': SETTINGS },
    'app/uv.toml',
  ],
};

for (const tool of BOTH)
  test(`${tool}: settings further up, as far as uv would look in the app`, () =>
    withIndexes(async (_, theirs) => {
      for (const [name, [tree, expected]] of Object.entries(AROUND)) {
        const folder = folderOf({ ...APP, ...tree });
        const plan = planOf(path.join(folder, 'app/fn'));
        const lines = await told(async () => {
          assert.is(await madeOn(plan, machine(tool, indexFor(tool, theirs))), 'WHOSE = "theirs"', name);
        });
        const found = lines.filter((line) => line.includes(' is not read: '));
        assert.is(found.length, expected === null ? 0 : 1, `${name}: ${found.join('\n')}`);
        if (expected !== null)
          assert.match(found[0]?.replace(`${folder}/`, '') ?? '', `${expected} is not read: no index`);
      }
    }));

test('uv: of [tool.uv] of the declaration itself no line is told, because it counts', () =>
  withIndexes(async (mine) => {
    const settings = OF_PROJECT.replace('http://127.0.0.1:9/simple', mine.url);
    const plan = planOf(
      folderOf({
        'index.py': HANDLER,
        'pyproject.toml': `[project]\nname = "fn"\nversion = "1"\ndependencies = ["corp==1"]\n${settings}`,
      }),
    );
    const lines = await told(async () => {
      assert.is(await madeOn(plan, machine('uv')), 'WHOSE = "mine"');
    });
    assert.not.match(lines.join('\n'), 'is not read');
  }));

test.run();
