import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sha256 } from '../../src/plan/values/hash';
import { planWith } from '../exec/support/plans';
import type { OpenIndex } from '../support/open-index';
import { reliabilityTable } from '../support/reliability-table';
import { temporaryFolder, writeTree } from '../support/temporary';
import { wheelFolder } from '../support/wheel';
import { BOTH, machine, madeOn } from './machines';
import { HASH, indexFor, settingsOf, THEIRS, withIndexes } from './two-indexes';

const test = suite('which index is asked');
const { row, run } = reliabilityTable(test, 'hostile: which index is asked');

row(
  'requirements name an index, and the machine names another in a variable or a settings file',
  'the index that the requirements name is asked',
  (tryCase) =>
    withIndexes(async (mine, theirs) => {
      for (const tool of BOTH) {
        for (const option of [`--index-url ${mine.url}`, `-i ${mine.url}`]) {
          const declared = planWith(`${option}\ncorp==1\n`);
          await tryCase(`${tool}, ${option.split(' ')[0]}, variables`, async () => {
            const others = { UV_DEFAULT_INDEX: theirs.url, UV_INDEX: theirs.url, PIP_INDEX_URL: theirs.url };
            assert.is(await madeOn(declared, machine(tool, others)), 'WHOSE = "mine"');
          });
          await tryCase(`${tool}, ${option.split(' ')[0]}, files`, async () => {
            const environment = machine(tool);
            for (const file of BOTH) settingsOf(environment['HOME'] ?? '', file, theirs);
            assert.is(await madeOn(declared, environment), 'WHOSE = "mine"');
          });
        }
      }
    }),
);

row(
  'a requirement has the hashes of two files, of which one index has one and another the other',
  'each machine gets what its index has',
  (tryCase) =>
    withIndexes(async (mine, theirs) => {
      const other = `--hash=sha256:${sha256(fs.readFileSync(path.join(THEIRS, 'corp-1-py3-none-any.whl')))}`;
      for (const tool of BOTH) {
        await tryCase(tool, async () => {
          const shared = { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
          const on = (index: OpenIndex) =>
            madeOn(
              planWith(`corp==1 ${HASH} ${other}\n`),
              machine(tool, { ...shared, ...indexFor(tool, index) }),
            );
          assert.is(await on(theirs), 'WHOSE = "theirs"');
          assert.is(await on(mine), 'WHOSE = "mine"');
        });
      }
    }),
);

/** A wheel whose bytes are as many as those of another one that says a word of the same length. */
const wheelThatSays = (whose: 'mine' | 'ours'): string =>
  path.join(wheelFolder('corp', { 'corp.py': `WHOSE = "${whose}"\n` }), 'corp-1-py3-none-any.whl');

row(
  'a folder is the index of the machine; its wheel is replaced by one of the same size, with the same time',
  'the new wheel ships',
  async (tryCase) => {
    const ways: Readonly<Record<string, (folder: string) => NodeJS.ProcessEnv>> = {
      UV_DEFAULT_INDEX: (folder) => ({ UV_DEFAULT_INDEX: `file://${folder}/simple` }),
      PIP_INDEX_URL: (folder) => ({ PIP_INDEX_URL: `file://${folder}/simple` }),
      UV_FIND_LINKS: (folder) => ({ UV_NO_INDEX: '1', UV_FIND_LINKS: `${folder}/simple/corp` }),
    };
    for (const tool of BOTH)
      for (const [way, own] of Object.entries(ways))
        await tryCase(`${tool}, ${way}`, async () => {
          const folder = temporaryFolder();
          const wheel = path.join(folder, 'simple/corp/corp-1-py3-none-any.whl');
          writeTree(folder, { 'simple/corp/index.html': `<a href="${path.basename(wheel)}">corp</a>\n` });
          const environment = machine(tool, { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(), ...own(folder) });
          const made = (whose: 'mine' | 'ours'): Promise<string> => {
            fs.copyFileSync(wheelThatSays(whose), wheel);
            fs.utimesSync(wheel, 1, 1);
            return madeOn(planWith('corp==1\n'), environment);
          };
          assert.is(fs.statSync(wheelThatSays('mine')).size, fs.statSync(wheelThatSays('ours')).size);
          assert.is(await made('mine'), 'WHOSE = "mine"');
          assert.is(await made('ours'), 'WHOSE = "ours"');
        });
  },
);

run();
