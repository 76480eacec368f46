import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { planWith } from '../exec/plans';
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

test.run();
