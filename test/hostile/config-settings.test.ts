import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { FileOptions } from '../support/bundle-file';
import { execute, planOfFile } from '../support/bundle-file';
import { dockerSkipReason } from '../support/docker';
import { environmentWith } from '../support/python-tools';
import { reliabilityTable } from '../support/reliability-table';
import { packageFiles, sourceDistributionBytes } from '../support/sdist';
import { temporaryFolder, writeTree } from '../support/temporary';
import { wheelIn } from '../support/advice-run';

const test = suite('--config-settings of a requirement');
const { row, run } = reliabilityTable(test, 'hostile: settings for builds');

const TOOLS = ['uv', 'pip'] as const;

/** A package whose module is what its build got. */
const telling = (name: string) => ({
  name,
  code: 'import json\nMODULE = lambda settings: json.dumps(settings or None, sort_keys=True)\n',
});

const HASH = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

const ONE = sourceDistributionBytes(telling('one'));
const TWO = sourceDistributionBytes(telling('two'));

const TREE = {
  'fn/h.py': 'def lambda_handler(event, context): return 1\n',
  ...wheelIn('demo'),
  'fn/wheels/one-1.tar.gz': ONE,
  'fn/wheels/two-1.tar.gz': TWO,
  ...Object.fromEntries(
    Object.entries(packageFiles(telling('pk'))).map(([file, text]) => [`pk/${file}`, text]),
  ),
};

const HERE = '--no-index\n--find-links ./wheels\n';

interface Given {
  readonly lines: string;
  readonly more?: Readonly<Record<string, string>>;
}

const planned = ({ lines, more = {} }: Given, options: Partial<FileOptions> = {}) => {
  const root = temporaryFolder();
  writeTree(root, { ...TREE, ...more, 'fn/requirements.txt': lines });
  const outputDirectory = temporaryFolder();
  return {
    root,
    plan: planOfFile(path.join(root, 'fn/h.py'), {
      runtime: '3.13',
      executor: 'host',
      outputDirectory,
      ...options,
    }),
  };
};

/** The modules of the bundle with what their builds got, or the error. */
const outcomeOf = async (
  given: Given,
  tool: (typeof TOOLS)[number],
  options: Partial<FileOptions> = {},
): Promise<string> => {
  const { root, plan } = planned(given, options);
  const [report] = await execute([plan], {
    ...environmentWith({ [tool]: true, ...(options.executor === 'docker' ? { docker: true } : {}) }),
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
  });
  const outcome = report?.outcome;
  if (outcome?._tag === 'Failed') return showExecutionError(outcome.error).replaceAll(root, 'ROOT');
  if (outcome?._tag !== 'Bundled') throw new Error(JSON.stringify(report));
  return fs
    .readdirSync(outcome.path)
    .filter((name) => /^(one|two|pk|demo)\.py$/.test(name))
    .sort()
    .map((name) => `${name} ${fs.readFileSync(path.join(outcome.path, name), 'utf8').trim()}`.trim())
    .join('; ');
};

const FORMS: Readonly<Record<string, Given & { readonly gives: string }>> = {
  '--config-settings="a=b"': { lines: `${HERE}one==1 --config-settings="a=b"\n`, gives: 'one.py {"a": "b"}' },
  '--config-setting, and none for another': {
    lines: `${HERE}one==1 --config-setting a=b\ntwo==1\n`,
    gives: 'one.py {"a": "b"}; two.py null',
  },
  '-C, several values, a value with an equals sign and white space': {
    lines: `${HERE}one==1 -C a=b -C a=c -C "--build-option=--x=y z"\n`,
    gives: 'one.py {"--build-option": "--x=y z", "a": ["b", "c"]}',
  },
  'a continued line with a hash': {
    lines: `${HERE}one==1 \\\n  --config-settings "a=b" \\\n  --hash=${HASH(ONE)}\n`,
    gives: 'one.py {"a": "b"}',
  },
  'a marker that holds, and one that does not': {
    lines: `${HERE}one==1 ; python_version > "3" --config-settings a=b\none==2 ; python_version < "3" --config-settings a=c\n`,
    gives: 'one.py {"a": "b"}',
  },
  'in a file that is included': {
    lines: `${HERE}-r more/r.txt\n`,
    more: { 'fn/more/r.txt': 'one==1 -C a=b\n' },
    gives: 'one.py {"a": "b"}',
  },
  'a local package': { lines: `../pk --config-settings a=b\n`, gives: 'pk.py {"a": "b"}' },
  'a local package, -e and -C': { lines: `-e ../pk -C a=b\n`, gives: 'pk.py {"a": "b"}' },
  'a wheel': { lines: `${HERE}demo==1 --config-settings a=b\n`, gives: '' },
};

row('a requirement hands settings to its build', 'both installers hand the same to it', async (tryCase) => {
  for (const [name, { gives, ...given }] of Object.entries(FORMS))
    for (const tool of TOOLS)
      await tryCase(`${name}, ${tool}`, async () => {
        const said = await outcomeOf(given, tool);
        assert.is(said, gives, said);
      });
});

row('the same in a container', 'both installers hand the same to it', async (tryCase) => {
  const reason = dockerSkipReason('public.ecr.aws/sam/build-python3.13');
  if (reason !== undefined) return console.log(`SKIPPED: ${reason}`);
  for (const tool of TOOLS)
    await tryCase(tool, async () => {
      const lines = `${HERE}one==1 -C a=b -C a=c\ntwo==1\n../pk --config-settings x=y\n`;
      const said = await outcomeOf({ lines }, tool, { executor: 'docker' });
      assert.is(said, 'one.py {"a": ["b", "c"]}; pk.py {"x": "y"}; two.py null', said);
    });
});

row('a setting changes', 'the key of the modules changes', async (tryCase) => {
  const keys = ['one==1 -C a=b', 'one==1 -C a=c', 'one==1', '../pk -C a=b', '../pk -C a=c'].map(
    (line) => planned({ lines: `${HERE}${line}\n` }).plan.hash.dependencies,
  );
  await tryCase('five lines', () => assert.is(new Set(keys).size, keys.length));
});

row('a setting that cannot reach a build', 'it is an error with file and line', async (tryCase) => {
  const computed = "from setuptools import setup\nsetup(name='lo' + 'w', version='1')\n";
  const wrong: Readonly<Record<string, readonly [Given, string]>> = {
    'no value': [{ lines: `one==1 -C a\n` }, 'has a value that is not KEY=VALUE'],
    'no name': [
      { lines: '../low --config-settings a=b\n', more: { 'low/setup.py': computed } },
      'follows a requirement without a name: write NAME @ before that requirement',
    ],
  };
  for (const [name, [given, reason]] of Object.entries(wrong))
    await tryCase(name, () => {
      assert.throws(() => planned(given), `fn/requirements.txt:1 has --config-settings, which ${reason}. `);
    });
});

run();
