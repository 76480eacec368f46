import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import { planOf } from '../exec/support/plans';
import { folderOf, HANDLER } from '../exec/support/requests';
import { execute } from '../support/bundle-file';
import { lockWith } from '../support/index-locks';
import { openIndex } from '../support/open-index';
import type { PrivateIndex } from '../support/private-index';
import { filesWith, privateIndex, watchingArguments } from '../support/private-index';
import { reliabilityTable } from '../support/reliability-table';
import { writeTree } from '../support/temporary';
import { wheelFolder } from '../support/wheel';
import type { Tool } from './machines';
import { BOTH, machine } from './machines';

const test = suite('credentials of the indexes of a lock');
const { row, run } = reliabilityTable(test, 'hostile: credentials of the indexes of a lock');

/** Has what a URL must encode, and what a shell or a parser of options would take away; its last word stands in no path. */
const PASSWORD = "s3cr/et@:'%!siskin7";

const CORP = wheelFolder('corp', { 'corp.py': 'WHOSE = "corp"\n' });
const OURS = wheelFolder('idna', { 'idna.py': 'WHOSE = "public"\n' });

interface World {
  readonly corps: PrivateIndex;
  readonly everybodys: string;
}

const withIndexes = async (work: (world: World) => Promise<void>): Promise<void> => {
  const [everybodys, corps] = [await openIndex(OURS), await privateIndex()];
  const wheel = 'corp-1-py3-none-any.whl';
  corps.add('corp', wheel, fs.readFileSync(path.join(CORP, wheel)));
  corps.setPassword(PASSWORD);
  try {
    await work({ corps, everybodys: everybodys.url });
  } finally {
    everybodys.close();
    corps.close();
  }
};

type Kind = Parameters<typeof lockWith>[0];

/** What became of a bundle with a package of both indexes. */
const bundled = async (
  { corps, everybodys }: World,
  kind: Kind,
  environment: NodeJS.ProcessEnv,
  given: Readonly<Record<string, string>> = {},
) => {
  const index = { name: 'corp-1', url: corps.url };
  const lock = lockWith(kind, [{ wheel: CORP, index }, { wheel: OURS }]);
  const plan = planOf(folderOf({ 'index.py': HANDLER, ...lock }), {
    docker: { environment: Object.keys(given), volumes: [] },
  });
  const all = { UV_DEFAULT_INDEX: everybodys, PIP_INDEX_URL: everybodys, ...environment };
  const [[report], argv] = await watchingArguments(() => execute([plan], all, given));
  const said = report?.outcome._tag === 'Failed' ? showExecutionError(report.outcome.error) : '';
  if (said !== '') return { modules: [], said };
  assert.not.match(argv, /siskin7/);
  assert.equal(filesWith(plan.output.path, 'siskin7'), []);
  assert.not.match(JSON.stringify(plan), /siskin7/);
  const modules = ['corp.py', 'idna.py'].map((name) =>
    fs.readFileSync(path.join(plan.output.path, name), 'utf8').trim(),
  );
  return { modules, said };
};

const EXPECTED = { modules: ['WHOSE = "corp"', 'WHOSE = "public"'], said: '' };

const pair = (prefix: string): Readonly<Record<string, string>> => ({
  [`${prefix}_USERNAME`]: 'aws',
  [`${prefix}_PASSWORD`]: PASSWORD,
});

row(
  'an index of a lock asks for a user name and a password, which are in the variables that the tool of the lock takes',
  'they are used, and no plan, argument or file of the bundle has them',
  (tryCase) =>
    withIndexes(async (world) => {
      const encoded = encodeURIComponent(PASSWORD).replaceAll("'", '%27');
      const withUser = world.corps.urlWith(encoded);
      const ways: readonly (readonly [string, Kind, NodeJS.ProcessEnv, Readonly<Record<string, string>>?])[] =
        [
          ['uv.lock, UV_INDEX_CORP_1_…', 'uv', pair('UV_INDEX_CORP_1')],
          ['poetry.lock, POETRY_HTTP_BASIC_CORP_1_…', 'poetry', pair('POETRY_HTTP_BASIC_CORP_1')],
          ['uv.lock, of bundling.environment', 'uv', {}, pair('UV_INDEX_CORP_1')],
          ['uv.lock, UV_INDEX with a password', 'uv', { UV_INDEX: `corp=${withUser}` }],
          ['pylock.toml, PIP_EXTRA_INDEX_URL with a password', 'pylock', { PIP_EXTRA_INDEX_URL: withUser }],
        ];
      for (const tool of BOTH)
        for (const [name, kind, environment, given] of ways)
          await tryCase(`${tool}, ${name}`, async () => {
            assert.equal(await bundled(world, kind, machine(tool, environment), given), EXPECTED);
          });
      for (const tool of BOTH)
        await tryCase(`${tool}, netrc`, async () => {
          world.corps.setPassword('plain-siskin7');
          const environment = machine(tool);
          writeTree(environment['HOME'] ?? '', {
            '.netrc': 'machine 127.0.0.1 login aws password plain-siskin7\n',
          });
          assert.equal(await bundled(world, 'poetry', environment), EXPECTED);
          world.corps.setPassword(PASSWORD);
        });
    }),
);

const refusal = (tool: Tool, said: string): RegExp =>
  new RegExp(`^${tool} [\\d.]+ could not get .*${said}`, 's');

row(
  'such an index gets no user name and password, or others',
  'it is told as that, with the index and the variables in which they go',
  (tryCase) =>
    withIndexes(async (world) => {
      for (const tool of BOTH) {
        await tryCase(`${tool}, none`, async () => {
          const { said } = await bundled(world, 'uv', machine(tool));
          assert.match(
            said,
            refusal(
              tool,
              `${world.corps.url}.*it asks for a user name and password \\(401\\), and got none.*UV_INDEX_CORP_1_USERNAME and UV_INDEX_CORP_1_PASSWORD`,
            ),
          );
        });
        await tryCase(`${tool}, another password`, async () => {
          const { said } = await bundled(
            world,
            'poetry',
            machine(tool, {
              ...pair('POETRY_HTTP_BASIC_CORP_1'),
              POETRY_HTTP_BASIC_CORP_1_PASSWORD: 'siskin7-of-yesterday',
            }),
          );
          assert.match(
            said,
            refusal(
              tool,
              `${world.corps.url}.*it refused the user name and password that it got \\(401\\).*POETRY_HTTP_BASIC_CORP_1_USERNAME and POETRY_HTTP_BASIC_CORP_1_PASSWORD`,
            ),
          );
          assert.not.match(said, /siskin7/);
        });
      }
    }),
);

run();
