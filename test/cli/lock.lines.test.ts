import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isLeft } from 'fp-ts/Either';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import { lockInput } from '../../src/exec/lock/lock-input';
import { lockSource } from '../../src/exec/lock/lock-source';
import { pathHere } from '../../src/exec/files/relative-to-current-folder';
import { surveyMemory } from '../../src/exec/survey/survey-memory';
import { DEFAULT_DEPENDENCIES } from '../../src/plan/request/bundle-request';
import { planOf } from '../exec/support/plans';
import { execute } from '../support/bundle-file';
import type { OpenIndex } from '../support/open-index';
import { openIndex } from '../support/open-index';
import { packageFiles, sourceDistribution } from '../support/sdist';
import { temporaryFolder } from '../support/temporary';
import { wheelFolder } from '../support/wheel';
import { BOTH, machine } from '../hostile/machines';
import { packages, project, read, run, succeeds } from './support/lock-projects';

const test = suite('lock: lines that uv does not read as pip does');

/** A package whose module is what its build got. */
const telling = (name: string) => ({
  name,
  code: 'import json\nMODULE = lambda settings: json.dumps(settings or None, sort_keys=True)\n',
});

const withIndex = async (work: (index: OpenIndex) => Promise<void>, ...folders: string[]): Promise<void> => {
  const index = await openIndex(...folders);
  try {
    await work(index);
  } finally {
    index.close();
  }
};

const sourceFolder = (name: string): string => path.dirname(sourceDistribution(telling(name)));

/** The modules of the bundle with what their builds got. */
const built = async (folder: string, tool: (typeof BOTH)[number]): Promise<string> => {
  const plan = planOf(folder);
  const [report] = await execute([plan], machine(tool, { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() }));
  if (report?.outcome._tag === 'Failed') return showExecutionError(report.outcome.error);
  return fs
    .readdirSync(plan.output.path)
    .filter((name) => /^(one|two|pk)\.py$/.test(name))
    .sort()
    .map((name) => `${name} ${fs.readFileSync(path.join(plan.output.path, name), 'utf8').trim()}`)
    .join('; ');
};

const ALLOWED = ['lock', '.', '--runtime', '3.11', '--allow-builds'];

test('--config-settings: the lock is made, and a bundle of the lock hands the settings to the same builds', () =>
  withIndex(
    async (index) => {
      const folder = project({
        'requirements.txt': `-i ${index.url}\none==1 \\\n  -C a=b\n-r more/r.txt\n-c c.txt\n./pk --config-settings "k=v w"\n`,
        'more/r.txt': 'two --config-settings="x=y"\n',
        'c.txt': 'two<2\n',
        ...Object.fromEntries(
          Object.entries(packageFiles(telling('pk'))).map(([file, text]) => [`pk/${file}`, text]),
        ),
      });
      await succeeds(folder, ...ALLOWED);
      assert.equal(packages(read(folder)), ['one 1', 'two 1']);
      assert.match(read(folder), 'directory = { path = "pk"');
      assert.match(read(folder), '"one==1 -C a=b"');
      await succeeds(folder, 'lock', '.', '--check');
      for (const tool of BOTH)
        assert.is(await built(folder, tool), 'one.py {"a": "b"}; pk.py {"k": "v w"}; two.py {"x": "y"}');

      fs.writeFileSync(path.join(folder, 'more/r.txt'), 'two -C x=z\n');
      const { code, stderr } = await run(folder, 'lock', '.', '--check');
      assert.is(code, 1);
      assert.match(stderr, 'more/r.txt:1 has `two -C x=z`, which was `two --config-settings="x=y"`');
    },
    sourceFolder('one'),
    sourceFolder('two'),
  ));

test('--prefer-binary: an error where builds are allowed; else nothing is built, and it decides nothing', () =>
  withIndex(
    async (index) => {
      const text = (line: string): Readonly<Record<string, string>> => ({
        'requirements.txt': `-i ${index.url}\none\n-r more.txt\n`,
        'more.txt': line,
      });
      const plain = project(text(''));
      await succeeds(plain, ...ALLOWED);
      assert.equal(packages(read(plain)), ['one 1']);
      const folder = project(text('# for CI\n--pre --prefer-binary\n'));
      const { code, stderr } = await run(folder, ...ALLOWED);
      assert.is(code, 1);
      assert.is(
        stderr,
        `error: ${path.join(folder, 'more.txt')}:2: \`--prefer-binary\` decides which versions are locked where builds are allowed, and only pip can honour it. A lock is made by uv. Lock without --allow-builds, which uses only wheels, or remove the option.\n`,
      );
      await succeeds(folder, 'lock', '.', '--runtime', '3.11');
      assert.equal(packages(read(folder)), ['one 0']);
    },
    sourceFolder('one'),
    wheelFolder('one', { 'one.py': '' }, { version: '0' }),
  ));

test('settings change the hash of what a lock installs, and a lock without them has the hash that it had', () =>
  withIndex(async (index) => {
    const keyOf = async (line: string): Promise<string | null> => {
      const folder = project({ 'requirements.txt': `-i ${index.url}\n${line}\n` });
      await succeeds(folder, ...ALLOWED);
      return planOf(folder).hash.dependencies;
    };
    const keys = [await keyOf('one==1 -C a=b'), await keyOf('one==1 -C a=c'), await keyOf('one==1')];
    assert.is(new Set(keys).size, 3);
  }, sourceFolder('one')));

const corp = (version: string): string => wheelFolder('corp', { 'corp.py': '' }, { version });

const LINES: Readonly<Record<string, readonly [lines: string, locked: readonly string[]]>> = {
  'a release where nothing asks for more': ['corp', ['corp 1']],
  '--pre': ['--pre\ncorp', ['corp 2rc1']],
  'a requirement that names a pre-release': ['corp>=1rc1', ['corp 2rc1']],
  'two options on one line': ['--pre --no-binary other\ncorp', ['corp 2rc1']],
  'a line that goes on within a requirement': ['corp \\\n  ==1', ['corp 1']],
};

for (const [what, [lines, locked]] of Object.entries(LINES))
  test(what, () =>
    withIndex(
      async (index) => {
        const folder = project({ 'requirements.txt': `--index-url ${index.url}\n${lines}\n` });
        await succeeds(folder, 'lock', '.', '--runtime', '3.13');
        assert.equal(packages(read(folder)), locked);
      },
      corp('1'),
      corp('2rc1'),
    ),
  );

test('a project that names a pre-release, and one whose own settings decide', () =>
  withIndex(
    async (index) => {
      for (const [more, locked] of [
        ['', 'corp 2rc1'],
        ['[tool.uv]\nprerelease = "explicit"\n', 'corp 1'],
      ] as const) {
        const folder = project({
          'pyproject.toml': `[project]\nname = "x"\nversion = "0"\ndependencies = ["corp>=1rc1"]\n${more}`,
        });
        await succeeds(folder, 'lock', '.', '--runtime', '3.13', '--index', index.url);
        assert.equal(packages(read(folder)), [locked], more);
      }
    },
    corp('1'),
    corp('2rc1'),
  ));

test('a message of uv names the file of the user, and not the one that uv has read', () => {
  const folder = project({ 'requirements.txt': 'idna \\\n  ==3.6\n' });
  const source = lockSource(path.join(folder, 'requirements.txt'), DEFAULT_DEPENDENCIES, surveyMemory());
  if (isLeft(source)) throw new Error(source.left.join('\n'));
  const { file, asWritten } = lockInput(source.right, temporaryFolder());
  assert.is(fs.readFileSync(file, 'utf8'), 'idna   ==3.6\n');
  assert.is(asWritten(`what: ${file}:1:2`), `what: ${pathHere(path.join(folder, 'requirements.txt'))}:1:2`);
});

const REFUSED: Readonly<Record<string, readonly [lines: string, message: string]>> = {
  'a setting on a line of its own': [
    'idna\n--config-settings a=b',
    'requirements.txt:2 has --config-settings, which stands on a line without a requirement: pip ignores it there, and uv stops. Write it after its requirement.',
  ],
  'a hash on a line of its own': [
    `idna\n--hash=sha256:${'a'.repeat(64)}`,
    'requirements.txt:2 has --hash, which stands on a line without a requirement',
  ],
  'a setting without a value': ['idna -C a', 'requirements.txt:1 has --config-settings, which has a value'],
  'an option that nobody reads': [
    '--no-deps\nidna',
    'requirements.txt:1 has --no-deps, which neither pip nor uv reads in a requirements file.',
  ],
};

for (const [what, [lines, message]] of Object.entries(REFUSED))
  test(`refused: ${what}`, async () => {
    const folder = project({ 'requirements.txt': `${lines}\n` });
    const locked = await run(folder, 'lock', '.', '--runtime', '3.13');
    assert.is(locked.code, 1);
    assert.match(locked.stderr, message);
    assert.throws(() => planOf(folder), message);
    assert.not.ok(fs.existsSync(path.join(folder, 'pylock.toml')));
  });

test.run();
