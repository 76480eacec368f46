import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { planOf } from '../exec/support/plans';
import { folderOf, HANDLER } from '../exec/support/requests';
import type { OpenIndex } from '../support/open-index';
import { openIndex } from '../support/open-index';
import { reliabilityTable } from '../support/reliability-table';
import { wheelFolder } from '../support/wheel';
import { BOTH, machine, madeOn } from './machines';

const test = suite('requirements that exclude each other');
const { row, run } = reliabilityTable(test, 'hostile: requirements that exclude each other');

const wheel = (name: string, version: string, ...requires: readonly string[]): string =>
  wheelFolder(name, { [`${name}.py`]: '' }, { version, requires });

const WHEELS = [
  ...['0.9', '1', '1.1', '2'].map((version) => wheel('a', version)),
  wheel('b', '1', 'a<1'),
  wheel('b', '2', 'a<1'),
  wheel('c', '1', 'b'),
  wheel('my_lib', '1', 'a>=2'),
  wheel('more', '1', 'a>1.1'),
  wheel('gap', '1', 'a>=1,!=1.1,<3'),
  wheel('late', '1', 'later<2'),
  wheel('later', '1'),
  wheel('later', '3'),
];

/** A backend that needs nothing, for pip, which asks it what the package needs. */
const backend = (name: string, requires: readonly string[]): string => `import os

def prepare_metadata_for_build_wheel(folder, config_settings=None):
    os.mkdir(os.path.join(folder, '${name}-1.dist-info'))
    with open(os.path.join(folder, '${name}-1.dist-info', 'METADATA'), 'w') as file:
        file.write('Metadata-Version: 2.1\\nName: ${name}\\nVersion: 1\\n${requires.map((each) => `Requires-Dist: ${each}\\n`).join('')}')
    return '${name}-1.dist-info'

def build_wheel(folder, config_settings=None, metadata_directory=None):
    raise SystemExit('it is not built')
`;

/** The files of a local package, version 1. */
const local = (
  folder: string,
  name: string,
  ...requires: readonly string[]
): Readonly<Record<string, string>> => ({
  [`${folder}/pyproject.toml`]: `[project]\nname = "${name}"\nversion = "1"\ndependencies = ${JSON.stringify(requires)}\n[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n`,
  [`${folder}/backend.py`]: backend(name, requires),
});

let index: OpenIndex;
test.before(async () => {
  index = await openIndex(...WHEELS);
});
test.after(() => index.close());

/** What is said of a project, without its folder, and without the last lines of the installer. */
const said = async (tool: 'uv' | 'pip', tree: Readonly<Record<string, string>>): Promise<string> => {
  const folder = folderOf({ 'index.py': HANDLER, ...tree });
  const plan: BundlePlan = planOf(folder);
  const text = await madeOn(plan, machine(tool, { UV_DEFAULT_INDEX: index.url, PIP_INDEX_URL: index.url }));
  const [message = ''] = text.split('\nIts last lines:');
  return message.replaceAll(`${folder}${path.sep}`, '');
};

/** Shows both texts whole. */
const same = (text: string, message: string): void => {
  assert.ok(text === message, `${text}\nis not\n${message}`);
};

const WAYS = 'Change one of them so that they agree';
const OTHER = `${WAYS}, or ask for another version of the package that needs it.`;

const CASES: Readonly<Record<string, readonly [Readonly<Record<string, string>>, string]>> = {
  'two lines': [
    { 'requirements.txt': '# a comment\na >= 1\na<1 # older\n' },
    `No version of a fits all requirements: requirements.txt:2 asks for a >= 1; requirements.txt:3 asks for a<1. ${WAYS}.`,
  ],
  'a line of an included file': [
    {
      'requirements.txt': '-r common/requirements.txt\n\na==1\n',
      'common/requirements.txt': '# more\na<1\n',
    },
    `No version of a fits all requirements: common/requirements.txt:2 (from -r, requirements.txt:1) asks for a<1; requirements.txt:3 asks for a==1. ${WAYS}.`,
  ],
  'a package that needs another version': [
    { 'requirements.txt': 'my-lib\n\n\n\nb==2\n' },
    `No version of a fits all requirements: my-lib (requirements.txt:1) needs a>=2; b==2 (requirements.txt:5) needs a<1. ${OTHER}`,
  ],
  'a package that comes with another': [
    { 'requirements.txt': 'c\na[x] >=1 ; python_version > "3"\na==2; python_version < "3"\n' },
    `No version of a fits all requirements: requirements.txt:2 asks for a[x] >=1; b, which comes with c (requirements.txt:1), needs a<1. ${OTHER}`,
  ],
  'a local package': [
    {
      'requirements.txt': 'a>=1\n./lib\n',
      ...local('lib', 'lib', 'a<1'),
    },
    `No version of a fits all requirements: requirements.txt:1 asks for a>=1; lib @ ./lib (requirements.txt:2) needs a<1. ${OTHER}`,
  ],
  'a range that the only version is outside of': [
    { 'requirements.txt': 'late\nlater>2.5,!=2.6 # the only version of late needs another\n' },
    `No version of later fits all requirements: requirements.txt:2 asks for later>2.5,!=2.6; late (requirements.txt:1) needs later<2. ${OTHER}`,
  ],
  'versions that were never released': [
    { 'requirements.txt': 'a<2\nmore\n' },
    `No version of a fits all requirements: requirements.txt:1 asks for a<2; more (requirements.txt:2) needs a>1.1. ${OTHER}`,
  ],
  'a constraint': [
    { 'requirements.txt': 'my_lib\n-c limits.txt\n', 'limits.txt': 'b==1\na==1\n' },
    `No version of a fits all requirements: limits.txt:2 (from -c, requirements.txt:2) limits it to a==1; my_lib (requirements.txt:1) needs a>=2. ${OTHER}`,
  ],
  'the dependencies of a project': [
    {
      'pyproject.toml':
        '[project]\nname = "fn"\nversion = "1"\nrequires-python = ">=3.9"\ndependencies = [\n  "a>=1",\n  \'b == 2\',\n]\n',
    },
    `No version of a fits all requirements: pyproject.toml:6 asks for a>=1; b == 2 (pyproject.toml:7) needs a<1. ${OTHER}`,
  ],
  'the metadata of a script': [
    {
      'index.py': `# /// script\n# requires-python = ">=3.9"\n# dependencies = ["a>=1", "b"]\n# ///\n${HANDLER}`,
    },
    `No version of a fits all requirements: index.py:3 asks for a>=1; b (index.py:3) needs a<1. ${OTHER}`,
  ],
};

row(
  'two requirements exclude each other: lines, an included file, a constraint, a project, a script, what packages need',
  'an error that names file and line of both',
  async (tryCase) => {
    for (const tool of BOTH)
      for (const [name, [tree, message]] of Object.entries(CASES))
        await tryCase(`${tool}: ${name}`, async () => {
          const text = await said(tool, tree);
          same(text, message);
        });
  },
);

/** Cases with URLs of the index; the names of its files stand in braces. */
const PLACES: Readonly<Record<string, readonly [Readonly<Record<string, string>>, string]>> = {
  'two local packages': [
    { 'requirements.txt': './one\n./two\n', ...local('one', 'one', 'a<1'), ...local('two', 'two', 'a>=2') },
    `No version of a fits all requirements: one @ ./one (requirements.txt:1) needs a<1; two @ ./two (requirements.txt:2) needs a>=2. ${OTHER}`,
  ],
  'a URL, and a line': [
    { 'requirements.txt': 'a @ {a-1}\na>=2\n' },
    `No version of a fits all requirements: requirements.txt:1 asks for a @ {a-1}; requirements.txt:2 asks for a>=2. ${WAYS}.`,
  ],
  'a URL without a name, and a line': [
    { 'requirements.txt': '{a-1}\na>=2\n' },
    `No version of a fits all requirements: requirements.txt:1 asks for {a-1}; requirements.txt:2 asks for a>=2. ${WAYS}.`,
  ],
  'two URLs': [
    { 'requirements.txt': 'a @ {a-1}\n# more\na @ {a-2}\n' },
    `No version of a fits all requirements: requirements.txt:1 asks for a @ {a-1}; requirements.txt:3 asks for a @ {a-2}. ${WAYS}.`,
  ],
  'a URL, and what a package needs': [
    { 'requirements.txt': 'a @ {a-1}\nb\n' },
    `No version of a fits all requirements: requirements.txt:1 asks for a @ {a-1}; b (requirements.txt:2) needs a<1. ${OTHER}`,
  ],
  'what packages of URLs need': [
    { 'requirements.txt': 'my-lib @ {my_lib-1}\n{b-2}\n' },
    `No version of a fits all requirements: my-lib @ {my_lib-1} (requirements.txt:1) needs a>=2; {b-2} (requirements.txt:2) needs a<1. ${OTHER}`,
  ],
  'a URL, and what a local package needs': [
    { 'requirements.txt': 'a @ {a-1}\n./one\n', ...local('one', 'one', 'a>=2') },
    `No version of a fits all requirements: requirements.txt:1 asks for a @ {a-1}; one @ ./one (requirements.txt:2) needs a>=2. ${OTHER}`,
  ],
  'a local package, and what another package needs of it': [
    { 'requirements.txt': './mine\nmy-lib\n', ...local('mine', 'a') },
    `No version of a fits all requirements: requirements.txt:1 asks for a @ ./mine; my-lib (requirements.txt:2) needs a>=2. ${OTHER}`,
  ],
  'a local package, and a line': [
    { 'requirements.txt': 'a>=2\n./mine\n', ...local('mine', 'a') },
    `No version of a fits all requirements: requirements.txt:1 asks for a>=2; requirements.txt:2 asks for a @ ./mine. ${WAYS}.`,
  ],
  'a local package, and a URL': [
    { 'requirements.txt': 'a @ {a-2}\n./mine\n', ...local('mine', 'a') },
    `No version of a fits all requirements: requirements.txt:1 asks for a @ {a-2}; requirements.txt:2 asks for a @ ./mine. ${WAYS}.`,
  ],
  'two local packages of one name': [
    { 'requirements.txt': './one\n./sub/one\n', ...local('one', 'one'), ...local('sub/one', 'one') },
    `No version of one fits all requirements: requirements.txt:1 asks for one @ ./one; requirements.txt:2 asks for one @ ./sub/one. ${WAYS}.`,
  ],
  'a URL of a project': [
    {
      'pyproject.toml':
        '[project]\nname = "fn"\nversion = "1"\nrequires-python = ">=3.9"\ndependencies = [\n  "a @ {a-1}",\n  "b",\n]\n',
    },
    `No version of a fits all requirements: pyproject.toml:6 asks for a @ {a-1}; b (pyproject.toml:7) needs a<1. ${OTHER}`,
  ],
};

row(
  'a URL or a local package excludes a line, another URL or what a package needs',
  'an error that names file and line of both',
  async (tryCase) => {
    const withUrls = (text: string): string =>
      text.replace(/\{(\w+-\d)\}/g, (_, file: string) =>
        index.url.replace(/simple$/, `files/${file}-py3-none-any.whl`),
      );
    for (const tool of BOTH)
      for (const [name, [tree, message]] of Object.entries(PLACES))
        await tryCase(`${tool}: ${name}`, async () => {
          const files = Object.entries(tree).map(([file, text]) => [
            file,
            file.endsWith('.py') ? text : withUrls(text),
          ]);
          same(
            await said(tool, Object.fromEntries(files) as Readonly<Record<string, string>>),
            withUrls(message),
          );
        });
  },
);

row(
  'uv: a need that leaves a version out; pip: a constraint on a line that asks for any version',
  'an error that names file and line of both',
  async (tryCase) => {
    await tryCase('uv', async () => {
      same(
        await said('uv', { 'requirements.txt': 'a<1\ngap==1\n' }),
        `No version of a fits all requirements: requirements.txt:1 asks for a<1; gap==1 (requirements.txt:2) needs a>=1,!=1.1,<3. ${OTHER}`,
      );
    });
    await tryCase('pip', async () => {
      same(
        await said('pip', { 'requirements.txt': '-c limits.txt\nmore\na\n', 'limits.txt': 'a==9\n' }),
        `No version of a fits all requirements: limits.txt:1 (from -c, requirements.txt:1) limits it to a==9; requirements.txt:3 asks for a. ${WAYS}.`,
      );
    });
  },
);

row(
  'the settings of `[tool.uv]` exclude what a package needs',
  'an error that names their line',
  async (tryCase) => {
    const project = (setting: string): string =>
      `[project]\nname = "fn"\nversion = "1"\nrequires-python = ">=3.9"\ndependencies = ["my-lib"]\n\n[tool.uv]\n${setting}\n`;
    await tryCase('constraint-dependencies', async () => {
      same(
        await said('uv', { 'pyproject.toml': project('constraint-dependencies = ["a<2"]') }),
        `No version of a fits all requirements: pyproject.toml:8 limits it to a<2; my-lib (pyproject.toml:5) needs a>=2. ${OTHER}`,
      );
    });
    await tryCase('override-dependencies', async () => {
      same(
        await said('uv', { 'pyproject.toml': project('override-dependencies = ["a<1", "a>1"]') }),
        `No version of a fits all requirements: pyproject.toml:8 overrides it with a<1; pyproject.toml:8 overrides it with a>1. ${WAYS}.`,
      );
    });
  },
);

run();
