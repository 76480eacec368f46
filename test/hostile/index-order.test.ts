import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { planWith } from '../exec/support/plans';
import { openIndex } from '../support/open-index';
import { reliabilityTable } from '../support/reliability-table';
import { temporaryFolder, writeTree } from '../support/temporary';
import { wheelFolder } from '../support/wheel';
import { BOTH, machine, madeOn } from './machines';

const test = suite('the order of package indexes');
const { row, run } = reliabilityTable(test, 'hostile: the order of package indexes');

const OURS = wheelFolder('corp', { 'corp.py': 'WHOSE = "ours"\n' });
const STRANGERS = wheelFolder('corp', { 'corp.py': 'WHOSE = "stranger"\n' }, { version: '9' });

const REFUSED = (named: string): RegExp =>
  new RegExp(
    `^Further package indexes come from ${named}\\. A package comes from the first index that has its name, and from no other\\. pip takes the best version of all indexes, so a stranger could publish a newer version of a private package\\. Only pip [\\d.]+ was found, which cannot do this\\. Install uv, lock the dependencies, or name one index that has all packages \\(\`dependencies\\.index\`\\)\\.$`,
  );

const LINE = '`dependencies\\.extraIndexes` or `--extra-index-url` of the requirements';
const VARIABLE = (name: string, file: string): string =>
  `the variable ${name}, or a ${file} that says the same`;

/** The same indexes, as pip's variables and as its settings file name them. */
const OF_PIP = (index: string, extra: string): Readonly<Record<string, NodeJS.ProcessEnv>> => {
  const folder = temporaryFolder();
  const text = `[global]\nindex-url = ${index}\nextra-index-url = ${extra}\n`;
  writeTree(folder, { 'pip.conf': text });
  return {
    variables: { PIP_INDEX_URL: index, PIP_EXTRA_INDEX_URL: extra },
    'pip.conf': { PIP_CONFIG_FILE: path.join(folder, 'pip.conf') },
  };
};

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
          REFUSED(VARIABLE('UV_INDEX', 'uv\\.toml')),
        );
      });
      for (const [name, own] of Object.entries(OF_PIP(strangers.url, ours.url))) {
        await tryCase(`uv, ${name} of pip`, async () => {
          assert.is(await madeOn(planWith('corp\n'), machine('uv', own)), 'WHOSE = "ours"');
        });
        await tryCase(`pip, ${name} of pip`, async () => {
          assert.match(
            await madeOn(planWith('corp\n'), machine('pip', own)),
            REFUSED(VARIABLE('PIP_EXTRA_INDEX_URL', 'pip\\.conf')),
          );
        });
      }
    } finally {
      ours.close();
      strangers.close();
    }
  },
);

row(
  'a variable asks for the best version of all indexes',
  'uv and pip take the newest version of all indexes, however the indexes are named',
  async (tryCase) => {
    const [ours, strangers] = [await openIndex(OURS), await openIndex(STRANGERS)];
    const asked = { UV_INDEX_STRATEGY: 'unsafe-best-match' };
    const lines = `--index-url ${strangers.url}\n--extra-index-url ${ours.url}\ncorp\n`;
    const cases: Readonly<Record<string, readonly [string, NodeJS.ProcessEnv]>> = {
      lines: [lines, asked],
      'variables of uv': ['corp\n', { ...asked, UV_DEFAULT_INDEX: strangers.url, UV_INDEX: ours.url }],
      'variables of pip': [
        'corp\n',
        { ...asked, PIP_INDEX_URL: strangers.url, PIP_EXTRA_INDEX_URL: ours.url },
      ],
    };
    try {
      for (const tool of BOTH)
        for (const [name, [text, own]] of Object.entries(cases))
          await tryCase(`${tool}, ${name}`, async () => {
            assert.is(await madeOn(planWith(text), machine(tool, own)), 'WHOSE = "stranger"');
          });
    } finally {
      ours.close();
      strangers.close();
    }
  },
);

row(
  'an extra index has an older copy of a package of the default index, and the requirements pin the newer one',
  'uv is an error that names the index and the way out; pip alone is an error as well; with the way out, both install the pinned one',
  async (tryCase) => {
    const older = await openIndex(
      wheelFolder('corp', { 'corp.py': 'WHOSE = "older"\n' }, { version: '3.9' }),
    );
    const newer = await openIndex(
      wheelFolder('corp', { 'corp.py': 'WHOSE = "newer"\n' }, { version: '3.10' }),
    );
    const text = `--extra-index-url ${older.url}\ncorp==3.10\n`;
    const own = { UV_DEFAULT_INDEX: newer.url };
    try {
      await tryCase('uv', async () => {
        const plan = planWith(text);
        assert.is(
          await madeOn(plan, machine('uv', own)),
          `${older.url} has no version that corp==3.10 allows (required by ${plan.install?.declaration}:2, directly or indirectly), but it has others. A package comes from the first index that has its name, so no other index was asked. Require a version that this index has, lock the dependencies, or set the variable UV_INDEX_STRATEGY to "unsafe-best-match" if nobody can publish a stranger's package on any of the indexes.`,
        );
      });
      await tryCase('pip', async () => {
        assert.match(await madeOn(planWith(text), machine('pip', own)), REFUSED(LINE));
      });
      for (const tool of BOTH)
        await tryCase(`${tool}, all indexes are asked`, async () => {
          const all = machine(tool, { ...own, UV_INDEX_STRATEGY: 'unsafe-best-match' });
          assert.is(await madeOn(planWith(text), all), 'WHOSE = "newer"');
        });
    } finally {
      older.close();
      newer.close();
    }
  },
);

run();
