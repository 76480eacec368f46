import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { planOf, planWith } from '../exec/support/plans';
import type { OpenIndex } from '../support/open-index';
import { openIndex } from '../support/open-index';
import { hostPython, uv } from '../support/python-tools';
import { reliabilityTable } from '../support/reliability-table';
import { temporaryFolder, writeTree } from '../support/temporary';
import { wheelFolder } from '../support/wheel';
import { BOTH, machine, madeOn, told } from './machines';
import { HASH, indexFor, MINE, settingsOf, withIndexes } from './two-indexes';

const test = suite('what only this machine says');
const { row, run } = reliabilityTable(test, 'hostile: settings of the machine');

row(
  'one pin without a hash, one store, and a machine that names another index the second time',
  'each gets what its index has',
  (tryCase) =>
    withIndexes(async (mine, theirs) => {
      for (const tool of BOTH) {
        await tryCase(tool, async () => {
          const shared = { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
          const on = (index: OpenIndex) =>
            madeOn(planWith('corp==1\n'), machine(tool, { ...shared, ...indexFor(tool, index) }));
          assert.is(await on(theirs), 'WHOSE = "theirs"');
          assert.is(await on(mine), 'WHOSE = "mine"');
          assert.is(await on(theirs), 'WHOSE = "theirs"');
        });
      }
    }),
);

row(
  'the machine names another index the second time, and the bundle lies in `cdk.out` already',
  'it does not count as present',
  (tryCase) =>
    withIndexes(async (mine, theirs) => {
      await tryCase('a folder', async () => {
        const plan = planWith('corp==1\n');
        const shared = { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
        assert.is(
          await madeOn(plan, machine('uv', { ...shared, ...indexFor('uv', theirs) })),
          'WHOSE = "theirs"',
        );
        assert.is(
          await madeOn(plan, machine('uv', { ...shared, ...indexFor('uv', mine) })),
          'WHOSE = "mine"',
        );
      });
    }),
);

row(
  'hash checks that a variable of the machine or of `bundling.environment` switches off',
  'they are made all the same, and the store has nothing of it',
  (tryCase) =>
    withIndexes(async (mine, theirs) => {
      const off = {
        UV_NO_VERIFY_HASHES: '1',
        UV_REQUIRE_HASHES: '0',
        PIP_NO_REQUIRE_HASHES: '1',
        PIP_REQUIRE_HASHES: '0',
      };
      for (const tool of BOTH) {
        for (const whose of ['machine', 'bundle'] as const) {
          await tryCase(`${tool}, of the ${whose}`, async () => {
            const shared = { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
            const attacker = { ...indexFor(tool, theirs), ...off } as Record<string, string>;
            const attacked = await madeOn(
              planWith(`corp==1 ${HASH}\n`),
              machine(tool, { ...shared, ...(whose === 'machine' ? attacker : {}) }),
              whose === 'bundle' ? attacker : {},
            );
            assert.match(attacked, /^The file downloaded for corp==1.* has the hash \w+/);
            const victim = machine(tool, { ...shared, ...indexFor(tool, mine) });
            assert.is(await madeOn(planWith(`corp==1 ${HASH}\n`), victim), 'WHOSE = "mine"');
          });
        }
      }
    }),
);

row(
  'every file is checked against a declared hash, and machines have their own indexes, uv and pip',
  'the machine adds nothing to the key',
  (tryCase) =>
    withIndexes(async (mine) => {
      const other = await openIndex(MINE);
      try {
        await tryCase('uv, then pip with another index', async () => {
          const shared = { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
          const plan = planWith(`corp==1 ${HASH}\n`);
          const first = machine('uv', { ...shared, ...indexFor('uv', mine) });
          assert.is(await madeOn(plan, first), 'WHOSE = "mine"');
          const second = machine('pip', { ...shared, ...indexFor('pip', other) });
          assert.is(await madeOn(planWith(`corp==1 ${HASH}\n`), second), 'WHOSE = "mine"');
          assert.equal(other.asked, []);
        });
      } finally {
        other.close();
      }
    }),
);

/** A `uv.toml` and a `pip.conf` of a user, each with an index. */
row(
  "a company index in the user's `uv.toml` or `pip.conf`",
  'both tools ask it, and the key knows',
  (tryCase) =>
    withIndexes(async (mine, theirs) => {
      for (const tool of BOTH) {
        for (const file of BOTH) {
          await tryCase(`${tool}, with the settings of ${file}`, async () => {
            const shared = { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
            const on = (index: OpenIndex) => {
              const environment = machine(tool, shared);
              settingsOf(environment['HOME'] ?? '', file, index);
              return madeOn(planWith('corp==1\n'), environment);
            };
            assert.is(await on(mine), 'WHOSE = "mine"');
            assert.is(await on(theirs), 'WHOSE = "theirs"');
          });
        }
      }
    }),
);

row(
  'a `uv.toml` or `pyproject.toml` in a folder above the store, which anybody may write to',
  'it is not read',
  (tryCase) =>
    withIndexes(async (mine, theirs) => {
      for (const name of ['uv.toml', 'pyproject.toml']) {
        await tryCase(name, async () => {
          const above = temporaryFolder();
          fs.chmodSync(above, 0o1777);
          const table = name === 'uv.toml' ? 'index' : 'tool.uv.index';
          const pip = name === 'uv.toml' ? 'pip' : 'tool.uv.pip';
          writeTree(above, {
            [name]: `[[${table}]]\nurl = "${theirs.url}"\n[${pip}]\nverify-hashes = false\n`,
          });
          const environment = machine('uv', {
            CDK_LAMBDA_PYTHON_CACHE: path.join(above, 'store'),
            UV_DEFAULT_INDEX: mine.url,
          });
          assert.is(await madeOn(planWith('corp==1\n'), environment), 'WHOSE = "mine"');
          assert.equal(theirs.asked, []);
        });
      }
    }),
);

row('a settings file that cannot be read', 'an error with file and line', async (tryCase) => {
  const files: readonly (readonly [string, string, number, string])[] = [
    ['.config/pip/pip.conf', '[global]\nindex-url\n', 2, 'neither a section nor an option with "=" or ":"'],
    ['.config/uv/uv.toml', 'index-url = \n', 1, 'Invalid TOML document'],
  ];
  for (const [file, text, line, reason] of files) {
    await tryCase(file, async () => {
      const environment = machine('uv', { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() });
      const home = environment['HOME'] ?? '';
      writeTree(home, { [file]: text });
      const said = await madeOn(planWith('corp==1\n'), environment);
      assert.ok(
        said.startsWith(
          `Cannot read ${path.join(home, file)}:${line}, an installer settings file of this machine`,
        ),
        said,
      );
      assert.ok(said.includes(reason), said);
    });
  }
});

row(
  'a variable or a settings file of the machine has the URL of an index which uv and pip would read differently',
  'an error without the URL; no index is asked',
  (tryCase) =>
    withIndexes(async (mine, theirs) => {
      const place = theirs.url.replace(/^http:\/\//, '');
      const url = `http://s3cret:${place.split('/')[0]}\\@${mine.url.replace(/^http:\/\//, '')}`;
      const problem = 'has the character \\ in it: percent-encode it if it is meant';
      const plan = planWith('corp==1\n');
      for (const tool of BOTH) {
        for (const name of ['UV_DEFAULT_INDEX', 'UV_INDEX', 'UV_FIND_LINKS', 'PIP_INDEX_URL'])
          await tryCase(`${tool}, ${name}`, async () => {
            const environment = machine(tool, { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(), [name]: url });
            assert.is(
              await madeOn(plan, environment),
              `The variable ${name} has a URL that uv and pip would not read alike: it ${problem}. Fix the URL, or unset the variable.`,
            );
          });
        await tryCase(`${tool}, pip.conf`, async () => {
          const environment = machine(tool, { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() });
          const home = environment['HOME'] ?? '';
          settingsOf(home, 'pip', { ...theirs, url });
          assert.is(
            await madeOn(plan, environment),
            `Cannot read ${path.join(home, '.config/pip/pip.conf')}:2, an installer settings file of this machine: one of its URLs ${problem}. uv and pip would not read it alike. Fix it, or remove it.`,
          );
        });
      }
      assert.equal([...mine.asked, ...theirs.asked], []);
    }),
);

row(
  'a variable that chooses versions (`UV_OVERRIDE`, `UV_EXCLUDE`, `PIP_CONSTRAINT` …)',
  'without hashes it is told and in the key, by what its file holds; with hashes it is not handed on',
  (tryCase) =>
    withIndexes(async (mine) => {
      const other = wheelFolder('dep', { 'dep.py': '' });
      const both = await openIndex(MINE, other);
      try {
        await tryCase('uv: what is excluded without a hash, and another time', async () => {
          const shared = { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(), UV_DEFAULT_INDEX: both.url };
          const file = path.join(temporaryFolder(), 'exclude.txt');
          fs.writeFileSync(file, 'corp\n');
          const on = (more: NodeJS.ProcessEnv) =>
            madeOn(planWith('corp==1\ndep==1\n'), machine('uv', { ...shared, ...more }));
          const lines = await told(async () => assert.is(await on({ UV_EXCLUDE: file }), 'no corp.py'));
          assert.ok(
            lines.some((line) => line.endsWith(`uses UV_EXCLUDE (${file}) of this machine's environment`)),
            lines.join('\n'),
          );
          assert.is(await on({}), 'WHOSE = "mine"');
          fs.writeFileSync(file, '# nothing\n');
          assert.is(await on({ UV_EXCLUDE: file }), 'WHOSE = "mine"');
        });
        await tryCase('uv: with hashes', async () => {
          const file = path.join(temporaryFolder(), 'exclude.txt');
          fs.writeFileSync(file, 'corp\n');
          const environment = machine('uv', {
            CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
            UV_DEFAULT_INDEX: mine.url,
            UV_EXCLUDE: file,
          });
          const lines = await told(async () =>
            assert.is(await madeOn(planWith(`corp==1 ${HASH}\n`), environment), 'WHOSE = "mine"'),
          );
          assert.ok(
            lines.some((line) =>
              line.endsWith(
                `does not use UV_EXCLUDE (${file}) of this machine's environment: the declaration decides what is installed`,
              ),
            ),
            lines.join('\n'),
          );
        });
      } finally {
        both.close();
      }
    }),
);

row(
  '`UV_OVERRIDE` and `UV_EXCLUDE` of the machine beside a uv.lock',
  'the lock decides, with the variables and without',
  async (tryCase) => {
    const index = await openIndex(MINE);
    try {
      await tryCase('uv', async () => {
        const project = temporaryFolder();
        writeTree(project, {
          'index.py': 'import corp\ndef lambda_handler(event, context): ...\n',
          'pyproject.toml':
            '[project]\nname = "x"\nversion = "0"\nrequires-python = ">=3.8"\ndependencies = ["corp==1"]\n',
        });
        const locking = { ...machine('uv'), UV_DEFAULT_INDEX: index.url };
        // In a process of its own, while the index answers in this one.
        await promisify(execFile)(uv(), ['lock', '--python', hostPython(), '--project', project], {
          env: locking,
        });
        const file = path.join(temporaryFolder(), 'other.txt');
        fs.writeFileSync(file, 'corp==2\n');
        const shared = { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
        const on = (more: NodeJS.ProcessEnv) =>
          madeOn(planOf(project), machine('uv', { ...shared, ...more }));
        assert.is(await on({ UV_OVERRIDE: file }), 'WHOSE = "mine"');
        fs.writeFileSync(file, 'corp\n');
        assert.is(
          await on({ UV_EXCLUDE: file, CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() }),
          'WHOSE = "mine"',
        );
        assert.is(await on({}), 'WHOSE = "mine"');
      });
    } finally {
      index.close();
    }
  },
);

run();
