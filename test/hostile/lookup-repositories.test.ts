import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { planIn, treeOf } from '../support/planned-tree';
import { reliabilityTable } from '../support/reliability-table';

const { row, run } = reliabilityTable(suite('what lies further up'), 'hostile: what lies further up');

const NEEDING_NOTHING = 'import boto3, json\ndef lambda_handler(e, c): return 1\n';

const WORKSPACE = {
  'pyproject.toml':
    '[tool.uv.workspace]\nmembers = ["libs/*"]\n[tool.uv.sources]\nother = { workspace = true }\n',
  'libs/one/pyproject.toml':
    '[project]\nname = "one"\nversion = "1"\ndependencies = ["other"]\nlicense-files = ["../LICENSE"]\n',
  'libs/one/one.py': '',
  'libs/other/pyproject.toml': '[project]\nname = "other"\nversion = "1"\n',
  'libs/other/other.py': '',
  'libs/LICENSE': '',
};

/** Trees whose local packages and packages of their own lie further up: files, the entry, the paths of all that counts. */
const FURTHER_UP: readonly (readonly [
  string,
  Readonly<Record<string, string>>,
  string,
  readonly string[],
])[] = [
  [
    'a member of a workspace, which names files beside it',
    { ...WORKSPACE, 'cdk.json': '{}', 'fn/h.py': NEEDING_NOTHING, 'fn/requirements.txt': '../libs/one\n' },
    'fn/h.py',
    ['libs/LICENSE', 'libs/one/one.py', 'libs/other/other.py'],
  ],
  [
    'packages beside the folder of the app',
    {
      ...WORKSPACE,
      'app/package.json': '{}',
      'app/fn/h.py': NEEDING_NOTHING,
      'app/fn/requirements.txt': '-r ../../more.txt\n',
      'more.txt': '../../libs/one\n',
    },
    'app/fn/h.py',
    ['libs/LICENSE', 'libs/one/one.py', 'libs/other/other.py'],
  ],
  [
    'a package of a src layout',
    {
      'cdk.json': '{}',
      'pyproject.toml':
        '[project]\nname = "app"\nversion = "1"\n[tool.uv.build-backend]\nmodule-name = "app"\n',
      'src/app/__init__.py': '',
      'src/app/api/__init__.py': '',
      'src/app/api/h.py': 'from app.api import more\ndef lambda_handler(e, c): return 1\n',
      'src/app/api/more.py': '',
    },
    'src/app/api/h.py',
    ['src/app/__init__.py', 'src/app/api/__init__.py', 'src/app/api/h.py', 'src/app/api/more.py'],
  ],
];

/** Repositories between the entry and what lies further up. */
const REPOSITORIES: readonly (readonly string[])[] = [
  [],
  [''],
  ['fn/', 'app/', 'src/app/'],
  ['app/fn/', 'libs/', 'src/app/api/'],
  ['libs/one/'],
];

row(
  'local packages and own packages further up, with `.git` and without it, at the root and in between',
  'all are read, and all have one hash',
  async (tryCase) => {
    for (const [name, files, entry, expected] of FURTHER_UP)
      await tryCase(name, () => {
        const plans = REPOSITORIES.map((places) => {
          const git = Object.fromEntries(places.map((place) => [`${place}.git/HEAD`, '']));
          const folder = treeOf({ ...files, ...git });
          const planned = planIn(folder, entry, path.join(entry.startsWith('app/') ? 'app' : '.', 'app.ts'), {
            runtime: { prop: 'python3.12' },
          });
          const { install, sources } = planned;
          const own = path.join(planned.entry.root);
          const read = [
            ...(install?.inputs ?? []).map(({ from }) => from),
            ...(install === null ? sources.map((source) => path.join(own, source.path)) : []),
          ].map((file) => path.relative(fs.realpathSync(folder), fs.realpathSync(file)));
          return { planned, read: read.filter((file) => expected.includes(file)).sort() };
        });
        for (const { read } of plans) assert.equal(read, expected);
        assert.is(new Set(plans.map(({ planned }) => planned.hash.asset)).size, 1);
      });
  },
);

run();
