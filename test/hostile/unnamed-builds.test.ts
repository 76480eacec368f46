import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { FileOptions } from '../support/bundle-file';
import { execute, planOfFile } from '../support/bundle-file';
import { environmentWith } from '../support/python-tools';
import { reliabilityTable } from '../support/reliability-table';
import { listTree, temporaryFolder, writeTree } from '../support/temporary';

const test = suite('local packages without a written name, and builds that fail');
const { row, run } = reliabilityTable(test, 'hostile: names and failures of builds');

const TOOLS = ['uv', 'pip'] as const;

const COMPUTED =
  "from setuptools import setup\nNAME = 'low' + 'er'\nsetup(name=NAME, version='1', py_modules=['lower'])\n";

/** What comes of a function with `../pk` in its requirements: its error, or the name and version that it has. */
const outcomeOf = async (
  files: Readonly<Record<string, string>>,
  tool: (typeof TOOLS)[number],
  options: Partial<FileOptions> = {},
): Promise<{ readonly root: string; readonly said: string }> => {
  const root = temporaryFolder();
  writeTree(root, {
    'fn/h.py': 'def lambda_handler(event, context): return 1\n',
    'fn/requirements.txt': '# shared code\n../pk\n',
    ...files,
  });
  const plan = planOfFile(path.join(root, 'fn/h.py'), {
    runtime: '3.13',
    executor: 'host',
    outputDirectory: temporaryFolder(),
    ...options,
  });
  const [report] = await execute([plan], {
    ...environmentWith({ [tool]: true }),
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
  });
  const outcome = report?.outcome;
  if (outcome?._tag === 'Failed') return { root, said: showExecutionError(outcome.error) };
  if (outcome?._tag !== 'Bundled') throw new Error(JSON.stringify(report));
  const names = listTree(outcome.path).map(({ path: file }) => file);
  return { root, said: names.filter((name) => /METADATA$|\.py$/.test(name)).join(' ') };
};

/** Packages whose name only a build knows. */
const UNNAMED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a name that setup.py computes': { 'pk/setup.py': COMPUTED, 'pk/lower.py': '' },
  'the same beside a pyproject.toml without [project]': {
    'pk/setup.py': COMPUTED,
    'pk/lower.py': '',
    'pk/pyproject.toml':
      '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
  },
  'the same beside a setup.cfg': {
    'pk/setup.py': COMPUTED,
    'pk/lower.py': '',
    'pk/setup.cfg': '[metadata]\ndescription = x\n',
  },
};

row('a local package does not write down its name', 'it is built like others', async (tryCase) => {
  for (const [name, files] of Object.entries(UNNAMED))
    for (const tool of TOOLS)
      await tryCase(`${name}, ${tool}`, async () => {
        assert.is((await outcomeOf(files, tool)).said, 'h.py lower-1.dist-info/METADATA lower.py');
      });
});

const SETUP = "from setuptools import setup\nsetup(name='one', version='1', py_modules=['one'])\n";

/** Packages whose build fails, and the last thing that their backend says. */
const FAILING: Readonly<Record<string, readonly [Readonly<Record<string, string>>, RegExp]>> = {
  'setup.py imports what is not there': [
    { 'pk/setup.py': `import no_such_module\n${SETUP}` },
    /ModuleNotFoundError: No module named 'no_such_module'/,
  ],
  'setup.py without a name ends': [
    { 'pk/setup.py': "import sys\nprint('no version file')\nsys.exit(3)\n" },
    /no version file/,
  ],
  'setup.py fails while metadata is made': [
    { 'pk/setup.py': `import sys\nif 'dist_info' in sys.argv: sys.exit('no metadata today')\n${SETUP}` },
    /no metadata today/,
  ],
  'setup.py fails while the wheel is made': [
    { 'pk/setup.py': `import sys\nif 'bdist_wheel' in sys.argv: sys.exit('no wheel today')\n${SETUP}` },
    /no wheel today/,
  ],
};

row(
  'the build of a local package fails',
  'the error says that a build failed, with its line and what its backend said',
  async (tryCase) => {
    for (const [name, [files, last]] of Object.entries(FAILING))
      for (const tool of TOOLS)
        await tryCase(`${name}, ${tool}`, async () => {
          const { root, said } = await outcomeOf({ 'pk/one.py': '', ...files }, tool);
          const [, requirement, place] =
            /^The build of (\S+) \((.*?)\) failed\. Its build backend said:\n/.exec(said) ?? [];
          assert.ok(requirement === 'one' || requirement === '../pk', said);
          assert.is(place, path.join(root, 'fn/requirements.txt:2'));
          assert.match(said, last);
          // Where a tool keeps its own modules is its affair.
          assert.not(/cdk-lambda-python-builds\S*\/input/.test(said), said);
        });
  },
);

run();
test.run();
