import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { planWith } from '../exec/plans';
import { openIndex } from '../support/open-index';
import { reliabilityTable } from '../support/reliability-table';
import { wheelFolder } from '../support/wheel';
import { machine, madeOn } from './machines';

const test = suite('the order of package indexes');
const { row, run } = reliabilityTable(test, 'hostile: the order of package indexes');

const OURS = wheelFolder('corp', { 'corp.py': 'WHOSE = "ours"\n' });
const STRANGERS = wheelFolder('corp', { 'corp.py': 'WHOSE = "stranger"\n' }, { version: '9' });

const REFUSED = (named: string): RegExp =>
  new RegExp(
    `^${named} adds a package index\\. A package then comes from the first index that has its name, and from no other\\. pip takes the best version of all indexes, so a stranger could publish a newer version of a private package\\. Only pip [\\d.]+ was found, which cannot do this\\. Install uv, lock the dependencies, or name one index that has all packages \\(\`dependencies\\.index\`\\)\\.$`,
  );

const LINE = '`dependencies\\.extraIndexes` or `--extra-index-url` of the requirements';
const VARIABLE = (name: string): string => `the variable ${name}, or a setting of uv that means the same,`;

row(
  'an extra index has a private package, and the default index has a newer one of the same name',
  'uv takes the private one; pip alone is an error that says why',
  async (tryCase) => {
    const [ours, strangers] = [await openIndex(OURS), await openIndex(STRANGERS)];
    try {
      const lines = `--index-url ${strangers.url}\n--extra-index-url ${ours.url}\ncorp\n`;
      const variables = { UV_DEFAULT_INDEX: strangers.url, UV_INDEX: ours.url };
      await tryCase('uv, lines', async () => {
        assert.is(await madeOn(planWith(lines), machine('uv')), 'WHOSE = "ours"');
      });
      await tryCase('uv, variables', async () => {
        assert.is(await madeOn(planWith('corp\n'), machine('uv', variables)), 'WHOSE = "ours"');
      });
      await tryCase('pip, lines', async () => {
        assert.match(await madeOn(planWith(lines), machine('pip')), REFUSED(LINE));
      });
      await tryCase('pip, variables', async () => {
        assert.match(
          await madeOn(planWith('corp\n'), machine('pip', variables)),
          REFUSED(VARIABLE('UV_INDEX')),
        );
      });
    } finally {
      ours.close();
      strangers.close();
    }
  },
);

row(
  'a variable asks for the best version of all indexes, or pip is the one that has further indexes',
  'both take the newest version of all indexes',
  async (tryCase) => {
    const [ours, strangers] = [await openIndex(OURS), await openIndex(STRANGERS)];
    try {
      const asked = {
        UV_DEFAULT_INDEX: strangers.url,
        UV_INDEX: ours.url,
        UV_INDEX_STRATEGY: 'unsafe-best-match',
      };
      const ofPip = { PIP_INDEX_URL: strangers.url, PIP_EXTRA_INDEX_URL: ours.url };
      for (const tool of ['uv', 'pip'] as const)
        for (const [name, own] of Object.entries({ asked, ofPip }))
          await tryCase(`${tool}, ${name}`, async () => {
            assert.is(await madeOn(planWith('corp\n'), machine(tool, own)), 'WHOSE = "stranger"');
          });
    } finally {
      ours.close();
      strangers.close();
    }
  },
);

run();
