import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { Run } from '../support/advice-run';
import { wheelIn } from '../support/advice-run';
import { execute, planOfFile } from '../support/bundle-file';
import { environmentWith } from '../support/python-tools';
import { reliabilityTable } from '../support/reliability-table';
import { sourceDistributionBytes } from '../support/sdist';
import { temporaryFolder, writeTree } from '../support/temporary';

const test = suite('forms of requirements files');
const { row, run } = reliabilityTable(test, 'hostile: forms of requirements files');

const TOOLS = ['uv', 'pip'] as const;

type Tree = NonNullable<Run['tree']>;

/** `demo` 1 and a newer 2rc1, `helper`, `needy` that needs `helper`, and `source`, which nobody has made a wheel of. */
const WHEELS: Tree = {
  ...wheelIn('demo'),
  ...wheelIn('demo', { version: '2rc1' }),
  ...wheelIn('helper'),
  ...wheelIn('needy', { requires: ['helper'] }),
  'fn/wheels/source-1.tar.gz': sourceDistributionBytes({ name: 'source', code: '' }),
};

const hashOf = (name: string): string =>
  `sha256:${createHash('sha256')
    .update(Buffer.from(WHEELS[`fn/wheels/${name}-1-py3-none-any.whl`] ?? ''))
    .digest('hex')}`;

const [DEMO, HELPER] = [`--hash=${hashOf('demo')}`, `--hash=${hashOf('helper')}`];

/** What a tool installs, or says. `FN` stands for the folder of the function. */
const outcomeOf = async (lines: string, tool: (typeof TOOLS)[number], more: Tree): Promise<string> => {
  const folder = temporaryFolder();
  writeTree(folder, {
    'fn/index.py': 'def lambda_handler(event, context): return 1\n',
    ...WHEELS,
    ...more,
    'fn/requirements.txt': lines,
  } as Readonly<Record<string, string | Uint8Array>>);
  const short = (text: string): string => text.replaceAll(path.join(folder, 'fn'), 'FN');
  try {
    const plan = planOfFile(path.join(folder, 'fn/index.py'), {
      runtime: '3.13',
      executor: 'host',
      outputDirectory: temporaryFolder(),
    });
    const [report] = await execute([plan], {
      ...environmentWith({ [tool]: true }),
      CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
    });
    if (report?.outcome._tag === 'Failed') return short(showExecutionError(report.outcome.error));
    if (report?.outcome._tag !== 'Bundled') return JSON.stringify(report);
    return fs
      .readdirSync(report.outcome.path)
      .flatMap((name) => /^(.*)\.dist-info$/.exec(name)?.[1] ?? [])
      .sort()
      .join(' ');
  } catch (error) {
    return short((error as Error).message);
  }
};

interface Form {
  readonly lines: string;
  /** The distributions, or a pattern of the error. */
  readonly gives: string | RegExp;
  readonly more?: Tree;
}

const HERE = '--no-index\n--find-links ./wheels\n';

const FORMS: Readonly<Record<string, Form>> = {
  'a line continued within a marker': {
    lines: `${HERE}demo==1; python_version \\\n  > '3.8' # why\n`,
    gives: 'demo-1',
  },
  'a line continued within extras': { lines: `${HERE}demo[\\\nx]==1\n`, gives: 'demo-1' },
  'a line continued within a version': { lines: `${HERE}demo\\\n  ==1\nhelper\n`, gives: 'demo-1 helper-1' },
  'a hash on a line of its own': { lines: `${HERE}demo==1 \\\n    ${DEMO}\n`, gives: 'demo-1' },
  'an option and its value on two lines': {
    lines: '--no-index\n--find-links \\\n  ./wheels\ndemo==1\n',
    gives: 'demo-1',
  },
  'several options on one line': { lines: '--no-index --find-links ./wheels\ndemo==1\n', gives: 'demo-1' },
  'two folders of links on one line': {
    lines: '--no-index --find-links ./wheels --find-links ./more\ndemo==1\n',
    gives: /FN\/requirements\.txt:1 has --find-links, .*write it in full, on a line of its own/,
    more: { 'fn/more/a.txt': '' },
  },
  'several options on one line, in other spellings': {
    lines: '--no-index -f ./wheels --only-binary=helper --pre\ndemo\n',
    gives: 'demo-2rc1',
  },
  'lines that end as on Windows, after a byte order mark': {
    lines: `\ufeff${HERE}demo==1\n`.replaceAll('\n', '\r\n'),
    gives: 'demo-1',
  },
  '--pre': { lines: `${HERE}--pre\ndemo>=1\n`, gives: 'demo-2rc1' },
  'without --pre': { lines: `${HERE}demo>=1\n`, gives: 'demo-1' },
  'a specifier that names a pre-release': { lines: `${HERE}demo>=1rc1\n`, gives: 'demo-2rc1' },
  '--pre in a file that is included': {
    lines: `${HERE}-r more/pre.txt\n`,
    gives: 'demo-2rc1',
    more: { 'fn/more/pre.txt': '--pre\ndemo\n' },
  },
  'all have a hash': { lines: `${HERE}demo==1 ${DEMO}\nhelper==1 ${HELPER}\n`, gives: 'demo-1 helper-1' },
  'one of two has a hash': {
    lines: `${HERE}demo==1 ${DEMO}\nhelper==1\n`,
    gives:
      /^FN\/requirements\.txt:3 asks for hashes, so by pip\'s rule every requirement needs a hash and an exact version .*\n {2}FN\/requirements\.txt:4: helper==1 has no hash\n/,
  },
  'one has a hash and no version': {
    lines: `${HERE}demo>=1 ${DEMO}\n`,
    gives: /\n {2}FN\/requirements\.txt:3: demo>=1 has no exact version\n/,
  },
  '--require-hashes': {
    lines: `${HERE}--require-hashes\nhelper==1\n`,
    gives: /^FN\/requirements\.txt:3 asks for hashes/,
  },
  'one has a hash, the other is for another Python': {
    lines: `${HERE}demo==1 ${DEMO}\nhelper==1 ; python_version < "3"\n`,
    gives: 'demo-1',
  },
  'what is needed of one with a hash has none': {
    lines: `${HERE}needy==1 --hash=${hashOf('needy')}\n`,
    gives: /helper/,
  },
  'a hash in a file of constraints': {
    lines: `${HERE}-c pins.txt\ndemo==1\n`,
    gives: /^FN\/pins\.txt:1 asks for hashes.*\n {2}FN\/requirements\.txt:4: demo==1 has no hash/,
    more: { 'fn/pins.txt': `demo==1 ${DEMO}\n` },
  },
  'no wheel, and it may be built': { lines: `${HERE}source==1\n`, gives: 'source-1' },
  '--only-binary of its name': {
    lines: `${HERE}--only-binary source\nsource==1\n`,
    gives:
      /^No wheel of source(==1)? \(FN\/requirements\.txt:3\) was found for .*, and `--only-binary` in FN\/requirements\.txt:3 forbids its build\./,
  },
  '--only-binary :all:': {
    lines: `--only-binary :all:\n${HERE}source==1\n`,
    gives: /^No wheel of source.* and `--only-binary` in FN\/requirements\.txt:1 forbids/,
  },
  '--only-binary :all:, and --no-binary of its name': {
    lines: `${HERE}--only-binary :all:\n--no-binary source\nsource==1\n`,
    gives: 'source-1',
  },
  '--no-binary :all:': { lines: `${HERE}--no-binary :all:\nsource==1\n`, gives: 'source-1' },
};

row(
  'each form that pip reads in a requirements file',
  'uv and pip install the same, or it is an error with file and line',
  async (tryCase) => {
    for (const [name, { lines, gives, more = {} }] of Object.entries(FORMS)) {
      for (const tool of TOOLS) {
        await tryCase(`${name}, ${tool}`, async () => {
          const said = await outcomeOf(lines, tool, more);
          if (typeof gives === 'string') assert.is(said, gives, said);
          else assert.match(said, gives, said);
        });
      }
    }
  },
);

run();
