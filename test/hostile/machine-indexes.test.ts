import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sha256 } from '../../src/plan/hash';
import { planWith } from '../exec/plans';
import type { OpenIndex } from '../support/open-index';
import { reliabilityTable } from '../support/reliability-table';
import { temporaryFolder } from '../support/temporary';
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

run();
