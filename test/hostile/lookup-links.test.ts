import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { installs, planIn, treeOf } from '../support/planned-tree';
import { reliabilityTable } from '../support/reliability-table';

const { row, run } = reliabilityTable(
  suite('declarations and links'),
  'hostile: declarations further up, and links to the app',
);

const NEEDING = 'import idna\ndef lambda_handler(e, c): return idna.__version__\n';

const project = (requirement: string): string =>
  `[project]\nname = "mono"\nversion = "0"\nrequires-python = ">=3.12"\ndependencies = ["${requirement}"]\n`;

interface Layout {
  readonly files: Readonly<Record<string, string>>;
  readonly entry: string;
  readonly definedIn: string;
  /** What is installed. */
  readonly expected: string | null;
}

const LAYOUTS: Readonly<Record<string, Layout>> = {
  'the app in a folder of its own': {
    files: { 'infra/cdk.json': '{}', 'fns/a/h.py': NEEDING, 'pyproject.toml': project('idna==3.10') },
    entry: 'fns/a/h.py',
    definedIn: 'infra/stack.ts',
    expected: 'idna ==3.10',
  },
  'the app around the function': {
    files: { 'cdk.json': '{}', 'fns/a/h.py': NEEDING, 'pyproject.toml': project('idna==3.10') },
    entry: 'fns/a/h.py',
    definedIn: 'lib/stack.ts',
    expected: 'idna ==3.10',
  },
  'an app that declares nothing': {
    files: { 'cdk.json': '{}', 'fns/a/h.py': NEEDING },
    entry: 'fns/a/h.py',
    definedIn: 'lib/stack.ts',
    expected: null,
  },
  'an app in a folder of its own, and nothing that declares anything': {
    files: { 'infra/cdk.json': '{}', 'fns/a/h.py': NEEDING },
    entry: 'fns/a/h.py',
    definedIn: 'infra/stack.ts',
    expected: null,
  },
  'the construct beside the function': {
    files: {
      'cdk.json': '{}',
      'fn/h.py': NEEDING,
      'fn/stack.ts': '',
      'fn/cdk.json': '{}',
      'fn/package.json': '{}',
    },
    entry: 'fn/h.py',
    definedIn: 'fn/stack.ts',
    expected: null,
  },
};

/** What differs between two checkouts of one tree. */
const GITS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'no repository': {},
  'a repository': { '.git/HEAD': 'ref: refs/heads/main\n' },
  'a work tree of another repository, or a submodule': { '.git': 'gitdir: /elsewhere/.git/worktrees/a\n' },
  'a submodule in between': { 'fns/.git': 'gitdir: ../.git/modules/fns\n' },
};

/** Above the link and above the folder there are other projects, which are those of something larger. */
const madeOf = (
  files: Readonly<Record<string, string>>,
): { readonly folder: string; readonly link: string } => {
  const outer = treeOf({
    'real/pyproject.toml': project('six==1.17.0'),
    'links/pyproject.toml': project('six==1.16.0'),
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`real/app/${name}`, text])),
  });
  const [folder, link] = [path.join(outer, 'real/app'), path.join(outer, 'links/app')];
  fs.symlinkSync(folder, link);
  return { folder, link };
};

row(
  'one tree with `.git` as a folder, as a file and without it, and the app by its path or by a link to it',
  'the same is installed, the search ends at the app, and all have one hash',
  async (tryCase) => {
    for (const [name, { files, entry, definedIn, expected }] of Object.entries(LAYOUTS))
      await tryCase(name, () => {
        const found = Object.entries(GITS).flatMap(([git, more]) => {
          const { folder, link } = madeOf({ ...files, ...more });
          const by = (entryIn: string, appIn: string) =>
            planIn(entryIn, entry, path.relative(entryIn, path.join(appIn, definedIn)), {
              runtime: { prop: 'python3.12' },
            });
          return [
            { how: `${git}: by its path`, plan: by(folder, folder) },
            { how: `${git}: by a link`, plan: by(link, link) },
            { how: `${git}: the entry by a link`, plan: by(link, folder) },
            { how: `${git}: the app by a link`, plan: by(folder, link) },
          ];
        });
        for (const { how, plan } of found) assert.is(installs(plan), expected, how);
        const [first] = found;
        for (const { how, plan } of found) {
          assert.equal(
            plan.sources.map((source) => source.path),
            first?.plan.sources.map((source) => source.path),
            how,
          );
          assert.is(plan.hash.asset, first?.plan.hash.asset, how);
        }
      });
  },
);

const WORKSPACE = {
  'pyproject.toml': '[tool.uv.workspace]\nmembers = ["packages/*"]\n',
  'uv.lock': `version = 1
requires-python = ">=3.12"
[manifest]
members = ["functions"]
[[package]]
name = "functions"
version = "0"
source = { virtual = "packages/functions" }
dependencies = [{ name = "idna" }]
[[package]]
name = "idna"
version = "3.9"
source = { registry = "https://pypi.org/simple" }
sdist = { url = "https://example.org/idna-3.9.tar.gz", hash = "sha256:${'a'.repeat(64)}" }
`,
  'packages/functions/pyproject.toml': project('idna').replace('mono', 'functions'),
  'packages/functions/h.py': NEEDING,
};

/** The content of a link says where it points to. */
const LINKED: Readonly<
  Record<
    string,
    {
      files: Readonly<Record<string, string>>;
      links: Readonly<Record<string, string>>;
      entry: string;
      expected: string;
    }
  >
> = {
  'to a member of a workspace': {
    files: { ...WORKSPACE, 'infra/cdk.json': '{}' },
    links: { 'infra/fn': '../packages/functions' },
    entry: 'infra/fn/h.py',
    expected: `idna==3.9 --hash=sha256:${'a'.repeat(64)}`,
  },
  'to a member of a workspace around another app': {
    files: Object.fromEntries([
      ...Object.entries(WORKSPACE).map(([name, text]) => [`ws/${name}`, text]),
      ['infra/cdk.json', '{}'],
    ]) as Readonly<Record<string, string>>,
    links: { 'infra/fn': '../ws/packages/functions' },
    entry: 'infra/fn/h.py',
    expected: `idna==3.9 --hash=sha256:${'a'.repeat(64)}`,
  },
  'to a folder that names what lies beside it, and something of that name lies beside the link': {
    files: {
      'infra/cdk.json': '{}',
      'real/fn/h.py': NEEDING,
      'real/fn/requirements.txt': '-r ../shared.txt\n',
      'real/shared.txt': 'idna==3.10\n',
      'infra/shared.txt': 'idna==3.4\n',
    },
    links: { 'infra/fn': '../real/fn' },
    entry: 'infra/fn/h.py',
    expected: 'real/fn/requirements.txt, real/shared.txt',
  },
  'between the app and the entry, in a project around both': {
    files: { 'pyproject.toml': project('idna==3.10'), 'infra/cdk.json': '{}', 'lambdas/fn/h.py': NEEDING },
    links: { 'infra/lam': '../lambdas' },
    entry: 'infra/lam/fn/h.py',
    expected: 'idna ==3.10',
  },
  'out of a project that declares for what it points to': {
    files: {
      'infra/pyproject.toml': project('idna==3.10'),
      'infra/cdk.json': '{}',
      'lambdas/fn/h.py': NEEDING,
    },
    links: { 'infra/lam': '../lambdas' },
    entry: 'infra/lam/fn/h.py',
    expected: 'idna ==3.10',
  },
};

row(
  'a folder of the entry, or one above it within the app, is a symbolic link',
  '`..` leads out of the folder that it points to; what lies above the link counts where nothing else does',
  async (tryCase) => {
    for (const [name, { files, links, entry, expected }] of Object.entries(LINKED))
      await tryCase(name, () => {
        const folder = treeOf(files);
        for (const [link, target] of Object.entries(links)) fs.symlinkSync(target, path.join(folder, link));
        const plan = planIn(folder, entry, 'infra/stack.ts', { runtime: { prop: 'python3.12' } });
        const read = (plan.install?.inputs ?? []).map(({ from }) => path.relative(folder, from));
        assert.is(installs(plan) || read.join(', '), expected);
      });
  },
);

run();
