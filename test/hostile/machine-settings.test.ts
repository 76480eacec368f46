import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/execution-error';
import { zipFiles } from '../../src/exec/zip-files';
import type { BundlePlan } from '../../src/plan/bundle-plan';
import { sha256 } from '../../src/plan/hash';
import { planWith } from '../exec/plans';
import { execute } from '../support/bundle-file';
import type { OpenIndex } from '../support/open-index';
import { openIndex } from '../support/open-index';
import { environmentWith } from '../support/python-tools';
import { reliabilityTable } from '../support/reliability-table';
import { temporaryFolder, writeTree } from '../support/temporary';
import { wheelFolder } from '../support/wheel';

const test = suite('what only this machine says');
const { row, run } = reliabilityTable(test, 'hostile: settings of the machine');

const BOTH = ['uv', 'pip'] as const;
type Tool = (typeof BOTH)[number];

/** Two builds of one version, as a company and a stranger have them. */
const MINE = wheelFolder('corp', { 'corp.py': 'WHOSE = "mine"\n' });
const THEIRS = wheelFolder('corp', { 'corp.py': 'WHOSE = "theirs"\n' });

const HASH = `--hash=sha256:${sha256(fs.readFileSync(path.join(MINE, 'corp-1-py3-none-any.whl')))}`;

/** A machine without settings of its own, with one tool. */
const machine = (tool: Tool, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => {
  const home = temporaryFolder();
  const bare = Object.entries(environmentWith({ [tool]: true })).filter(
    ([name]) => !/^(UV|PIP|XDG)_/.test(name),
  );
  return {
    ...Object.fromEntries(bare),
    HOME: home,
    UV_CACHE_DIR: path.join(home, 'uv'),
    PIP_CACHE_DIR: path.join(home, 'pip'),
    ...more,
  };
};

/** What is in the bundle of a plan, or why there is none. */
const madeOn = async (
  plan: BundlePlan,
  environment: NodeJS.ProcessEnv,
  values: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const [report] = await execute([plan], environment, values);
  if (report?.outcome._tag === 'Failed') return showExecutionError(report.outcome.error);
  const file = path.join(plan.output.path, 'corp.py');
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim() : 'no corp.py';
};

/** The lines that a run writes to stderr. */
const told = async (work: () => Promise<unknown>): Promise<readonly string[]> => {
  const lines: string[] = [];
  const write = process.stderr.write.bind(process.stderr);
  process.stderr.write = ((text: string) => lines.push(...text.split('\n')) > 0) as typeof write;
  try {
    await work();
  } finally {
    process.stderr.write = write;
  }
  return lines.filter((line) => line !== '');
};

const withIndexes = async (work: (mine: OpenIndex, theirs: OpenIndex) => Promise<void>): Promise<void> => {
  const [mine, theirs] = [await openIndex(MINE), await openIndex(THEIRS)];
  try {
    await work(mine, theirs);
  } finally {
    mine.close();
    theirs.close();
  }
};

const indexFor = (tool: Tool, { url }: OpenIndex): NodeJS.ProcessEnv =>
  tool === 'uv' ? { UV_DEFAULT_INDEX: url } : { PIP_INDEX_URL: url };

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

row('the same with a bundle that lies in `cdk.out` already', 'it does not count as present', (tryCase) =>
  withIndexes(async (mine, theirs) => {
    await tryCase('a folder', async () => {
      const plan = planWith('corp==1\n');
      const shared = { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
      assert.is(
        await madeOn(plan, machine('uv', { ...shared, ...indexFor('uv', theirs) })),
        'WHOSE = "theirs"',
      );
      assert.is(await madeOn(plan, machine('uv', { ...shared, ...indexFor('uv', mine) })), 'WHOSE = "mine"');
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
            assert.match(attacked, /^What was downloaded for corp==1.* has the hash \w+/);
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
const settingsOf = (home: string, tool: Tool, { url }: OpenIndex): void =>
  writeTree(
    home,
    tool === 'uv'
      ? { '.config/uv/uv.toml': `[[index]]\nname = "company"\nurl = "${url}"\ndefault = true\n` }
      : { '.config/pip/pip.conf': `[global]\nindex-url = ${url}\n` },
  );

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
        said.startsWith(`Cannot read ${path.join(home, file)}:${line}, which says how this machine`),
        said,
      );
      assert.ok(said.includes(reason), said);
    });
  }
});

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

/** A wheel whose RECORD has hashes, as tools write it. */
const recorded = (text: string): string => {
  const digest = createHash('sha256').update(text).digest('base64url');
  const folder = temporaryFolder();
  const info = 'corp-1.dist-info';
  const files = {
    'corp.py': text,
    [`${info}/METADATA`]: 'Metadata-Version: 2.1\nName: corp\nVersion: 1\n',
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    [`${info}/RECORD`]: `corp.py,sha256=${digest},${text.length}\n${info}/METADATA,,\n${info}/WHEEL,,\n${info}/RECORD,,\n`,
  };
  const entries = Object.entries(files).map(([file, content]) => ({
    path: file,
    content: Buffer.from(content),
    executable: false,
  }));
  fs.writeFileSync(path.join(folder, 'corp-1-py3-none-any.whl'), zipFiles(entries));
  return folder;
};

row(
  'a file in the cache of uv that somebody has changed, with hashes declared',
  'an error that names the file; nothing of it is kept',
  async (tryCase) => {
    const folder = recorded('WHOSE = "mine"\n');
    const index = await openIndex(folder);
    const hash = sha256(fs.readFileSync(path.join(folder, 'corp-1-py3-none-any.whl')));
    const requirements = `corp==1 --hash=sha256:${hash}\n`;
    try {
      await tryCase('uv', async () => {
        const cache = temporaryFolder();
        const on = () =>
          machine('uv', {
            CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
            UV_CACHE_DIR: cache,
            UV_DEFAULT_INDEX: index.url,
          });
        assert.is(await madeOn(planWith(requirements), on()), 'WHOSE = "mine"');
        const cached = fs
          .readdirSync(cache, { recursive: true, encoding: 'utf8' })
          .filter((file) => path.basename(file) === 'corp.py');
        assert.is(cached.length, 1);
        // Another file in its place: the bundle that was made has a copy of its own.
        fs.writeFileSync(path.join(cache, cached[0] ?? ''), 'WHOSE = "evil"\n');
        const said = await madeOn(planWith(requirements), on());
        assert.match(
          said,
          /^corp\.py of corp-1 is not the file that its wheel lists in RECORD: something has changed the cache of uv \d+\.\d+\.\d+, or the wheel is damaged\./,
        );
      });
    } finally {
      index.close();
    }
  },
);

/** A source distribution whose version is that of a variable, as with setuptools-scm. */
const FROM_VARIABLE = {
  'shared/pyproject.toml':
    '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n[project]\nname = "corp"\ndynamic = ["version"]\n',
  'shared/backend.py': `
import os, zipfile
def build_wheel(folder, config_settings=None, metadata_directory=None):
    version = os.environ.get('SETUPTOOLS_SCM_PRETEND_VERSION', '0')
    info = 'corp-%s.dist-info/' % version
    name = 'corp-%s-py3-none-any.whl' % version
    with zipfile.ZipFile(os.path.join(folder, name), 'w') as wheel:
        wheel.writestr('corp.py', 'VERSION = "%s"\\n' % version)
        wheel.writestr(info + 'METADATA', 'Metadata-Version: 2.1\\nName: corp\\nVersion: %s\\n' % version)
        wheel.writestr(info + 'WHEEL', 'Wheel-Version: 1.0\\nGenerator: t\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
        wheel.writestr(info + 'RECORD', ''.join(n + ',,\\n' for n in ('corp.py', info + 'METADATA', info + 'WHEEL', info + 'RECORD')))
    return name
`,
};

row(
  'a variable of build backends (`SETUPTOOLS_SCM_PRETEND_VERSION`) that has another value the second time',
  'it is built again',
  async (tryCase) => {
    for (const tool of BOTH) {
      await tryCase(tool, async () => {
        const shared = { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
        const on = (version: string) =>
          madeOn(
            planWith('./shared\n', {}, FROM_VARIABLE),
            machine(tool, { ...shared, SETUPTOOLS_SCM_PRETEND_VERSION: version }),
          );
        assert.is(await on('1.0.0'), 'VERSION = "1.0.0"');
        assert.is(await on('2.0.0'), 'VERSION = "2.0.0"');
        assert.is(await on('1.0.0'), 'VERSION = "1.0.0"');
      });
    }
  },
);

row(
  'a variable of the machine that a hook reads',
  'it counts where the commands mention its name; another one does not',
  async (tryCase) => {
    const shared = { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
    const hooks = { before: [], after: [`echo "STAGE = '$STAGE'" > {output}/corp.py`] };
    const on = (more: NodeJS.ProcessEnv) =>
      madeOn(planWith('# nothing\n', { hooks }), machine('uv', { ...shared, ...more }));
    await tryCase('mentioned', async () => {
      assert.is(await on({ STAGE: 'dev' }), "STAGE = 'dev'");
      assert.is(await on({ STAGE: 'prod' }), "STAGE = 'prod'");
    });
    await tryCase('not mentioned', async () => {
      const lines = await told(() => on({ STAGE: 'dev', OTHER: '1' }));
      assert.equal(lines, []);
    });
  },
);

run();
