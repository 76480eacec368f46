import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { survey } from '../../src/exec/survey/survey';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../src/plan/request/bundle-request';
import { requestFor } from '../exec/support/requests';
import { installs, planIn, treeOf } from '../support/planned-tree';
import { reliabilityTable } from '../support/reliability-table';

const { row, run } = reliabilityTable(
  suite('where declarations are looked for'),
  'hostile: where declarations are looked for',
);

const NEEDING = 'import idna\ndef lambda_handler(e, c): return idna.__version__\n';
const NEEDING_NOTHING = 'import boto3, json\ndef lambda_handler(e, c): return 1\n';
const PROJECT =
  '[project]\nname = "mono"\nversion = "0"\nrequires-python = ">=3.11"\ndependencies = ["idna==3.10"]\n';

const UV_LOCK = [
  'version = 1',
  'requires-python = ">=3.12"',
  '[manifest]\nmembers = ["common", "functions"]',
  '[[package]]\nname = "common"\nversion = "0.1.0"\nsource = { editable = "packages/common" }\ndependencies = [{ name = "idna" }]',
  '[package.metadata]\nrequires-dist = [{ name = "idna", specifier = "==3.9" }]',
  '[[package]]\nname = "functions"\nversion = "0.1.0"\nsource = { editable = "packages/functions" }\ndependencies = [{ name = "idna" }]',
  '[package.metadata]\nrequires-dist = [{ name = "idna", specifier = "==3.10" }]',
  '[[package]]\nname = "idna"\nversion = "3.10"\nsource = { registry = "https://pypi.org/simple" }',
  'wheels = [{ url = "https://files.example/idna-3.10-py3-none-any.whl", hash = "sha256:946d195a0d259cbba61165e88e65941f16e9b36ea6ddb97f00452bae8b1287d3" }]',
  '',
].join('\n');

const member = (name: string, ...dependencies: readonly string[]): string =>
  `[project]\nname = "${name}"\nversion = "0.1.0"\nrequires-python = ">=3.12"\ndependencies = ${JSON.stringify(dependencies)}\n`;

/** The layouts of `no-git`: files, the entry, the file that defines the construct, what is installed. */
const LAYOUTS: readonly (readonly [string, Readonly<Record<string, string>>, string, string, string])[] = [
  [
    'app in a folder of its own',
    { 'infra/cdk.json': '{}', 'lambdas/fn/h.py': NEEDING, 'pyproject.toml': PROJECT },
    'lambdas/fn/h.py',
    'infra/stack.ts',
    'idna ==3.10',
  ],
  [
    'member of a workspace',
    {
      'infra/cdk.json': '{}',
      'pyproject.toml': '[tool.uv.workspace]\nmembers = ["packages/*"]\n',
      'uv.lock': UV_LOCK,
      'packages/common/pyproject.toml': member('common', 'idna==3.9'),
      'packages/functions/pyproject.toml': member('functions', 'idna ==3.10'),
      'packages/functions/src/functions/api/health.py': NEEDING,
    },
    'packages/functions/src/functions/api/health.py',
    'infra/stack.ts',
    'idna==3.10 --hash=sha256:946d195a0d259cbba61165e88e65941f16e9b36ea6ddb97f00452bae8b1287d3',
  ],
  [
    'package.json beside the entry',
    {
      'cdk.json': '{}',
      'lambdas/fn/package.json': '{"name":"fn"}',
      'lambdas/fn/h.py': NEEDING,
      'pyproject.toml': PROJECT,
    },
    'lambdas/fn/h.py',
    'app.ts',
    'idna ==3.10',
  ],
];

row(
  'a project further up, with `.git` and without it, from two working folders',
  'what it declares is installed, and all have one hash',
  async (tryCase) => {
    for (const [name, files, entry, definedIn, expected] of LAYOUTS)
      await tryCase(name, () => {
        const here = process.cwd();
        const gits: readonly Readonly<Record<string, string>>[] = [
          {},
          { '.git/HEAD': '' },
          { 'lambdas/.git/HEAD': '', 'packages/.git/HEAD': '' },
        ];
        const plans = gits.flatMap((git) => {
          const folder = treeOf({ ...files, ...git });
          return [here, path.join(folder, path.dirname(entry))].map((current) => {
            process.chdir(current);
            try {
              return planIn(folder, entry, definedIn);
            } finally {
              process.chdir(here);
            }
          });
        });
        assert.equal([...new Set(plans.map(installs))], [expected]);
        assert.is(new Set(plans.map(({ hash }) => hash.asset)).size, 1);
      });
  },
);

row(
  'a function that imports nothing of the project around it',
  "the function's own files alone",
  async (tryCase) => {
    for (const text of ['def handler(event, context): return 1\n', NEEDING_NOTHING])
      await tryCase(text, () => {
        const folder = treeOf({ 'lambda/hello/index.py': text, 'cdk.json': '{}', 'pyproject.toml': PROJECT });
        const planned = planIn(folder, 'lambda/hello/index.py', 'app.ts', {
          runtime: { prop: 'python3.12' },
        });
        assert.is(planned.install, null);
        assert.equal(
          planned.sources.map((source) => source.path),
          ['index.py'],
        );
        // What the project says of its Python counts all the same.
        assert.is(planIn(folder, 'lambda/hello/index.py', 'app.ts').runtime.name, 'python3.11');
      });
  },
);

row(
  'a function whose layers have what it imports, under another name than that of the distribution',
  'nothing of the project around it is installed',
  async (tryCase) => {
    const plansWith = (text: string, layerModules: readonly string[]) =>
      installs(
        planIn(
          treeOf({ 'cdk.json': '{}', 'fn/h.py': `${text}\n${NEEDING_NOTHING}`, 'pyproject.toml': PROJECT }),
          'fn/h.py',
          'stack.ts',
          { layerModules },
        ),
      );
    for (const [text, distribution, other] of [
      ['import yaml', 'pyyaml', 'yamllint'],
      ['import psycopg2.extras', 'psycopg2', 'psycopg'],
      ['from google.cloud import storage', 'google_cloud_storage', 'google_auth'],
      ['import google.auth', 'google_auth', 'google_auth_oauthlib'],
      ['import own_module', 'own_module', 'own'],
    ] as const)
      await tryCase(text, () => {
        assert.is(plansWith(text, ['idna', distribution]), null);
        assert.is(plansWith(text, [other]), 'idna ==3.10');
        assert.is(plansWith(text, []), 'idna ==3.10');
      });
  },
);

row('a project above the app, or one that declares nothing', 'nothing is installed', async (tryCase) => {
  await tryCase('above the app', () => {
    const folder = treeOf({ 'app/cdk.json': '{}', 'app/fn/h.py': NEEDING, 'pyproject.toml': PROJECT });
    assert.is(planIn(folder, 'app/fn/h.py', 'app/stack.ts').install, null);
  });
  const empty = '[project]\nname = "a"\nversion = "1"\n';
  const trees = {
    'declares nothing': { 'pyproject.toml': empty },
    'a lock of nothing': {
      'pyproject.toml': empty,
      'uv.lock':
        'version = 1\nrequires-python = ">=3.12"\n[[package]]\nname = "a"\nversion = "1"\nsource = { virtual = "." }\n',
    },
    'a Pipfile of nothing': {
      Pipfile: '[dev-packages]\nidna = "*"\n',
      'Pipfile.lock': '{"default": {}, "develop": {}}',
    },
  };
  for (const [name, tree] of Object.entries(trees))
    await tryCase(name, () => {
      const folder = treeOf({ 'cdk.json': '{}', 'fn/h.py': NEEDING, ...tree });
      const request = requestFor(path.join(folder, 'fn/h.py'), {
        runtime: {},
        definingFiles: [path.join(folder, 'stack.ts')],
        outputDirectory: path.join(folder, 'cdk.out'),
      });
      // Then no line says that anything was taken from there.
      assert.is(survey(request)().needed, undefined);
      assert.is(planIn(folder, 'fn/h.py', 'stack.ts').install, null);
    });
});

/** Files that are used only where they are named, and the error of a function that needs what they declare. */
const UNCHOSEN: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  [
    'a lock with a name',
    { 'fn/pylock.prod.toml': '' },
    '{fn} has pylock.prod.toml, which is used only if `dependencies.from` names it. Set it to "pylock.prod.toml", or to "none" if something else provides the module.',
  ],
  [
    'a folder of requirements',
    { 'fn/requirements/a.txt': 'idna\n', 'fn/requirements/b.txt': '', 'pyproject.toml': PROJECT },
    '{fn} has requirements/a.txt, requirements/b.txt, which are used only if `dependencies.from` names them. Set it to "requirements/a.txt", or to another of them, or to "none" if something else provides the module.',
  ],
];

row(
  'a `pylock.NAME.toml` or a folder `requirements` beside a function that declares nothing',
  'an error names them where the function needs what they declare, and nothing is said where it does not',
  async (tryCase) => {
    for (const [name, files, expected] of UNCHOSEN)
      await tryCase(name, () => {
        const planned = (text: string, changes: Partial<BundleRequest> = {}, more = {}): unknown => {
          const folder = treeOf({ 'cdk.json': '{}', 'fn/h.py': text, ...files, ...more });
          try {
            return installs(
              planIn(folder, 'fn/h.py', 'stack.ts', { runtime: { prop: 'python3.12' }, ...changes }),
            );
          } catch (error) {
            return (error as Error).message.replaceAll(`${folder}/fn`, '{fn}');
          }
        };
        const said = `{fn}/h.py:1 imports idna, and no declaration beside the entry is used: ${expected}`;
        assert.is(planned(NEEDING), said);
        const from = (file: string) => ({ dependencies: { ...DEFAULT_DEPENDENCIES, from: file } });
        assert.is(planned(NEEDING, from('beside')), said);
        assert.is(planned(NEEDING, from('none')), null);
        assert.is(planned(NEEDING, { layerModules: ['idna'] }), null);
        assert.is(planned(NEEDING_NOTHING), null);
        assert.not.match(String(planned(NEEDING, {}, { 'fn/requirements.txt': 'idna\n' })), /imports/);
        const hooks = { before: [], after: ['pip install -r requirements/a.txt -t .'] };
        assert.is.not(planned(NEEDING, { hooks }), said);
      });
  },
);

row(
  '`dependencies.from` says it outright',
  'a path is used whatever is imported; `beside` and `none` look no further',
  async (tryCase) => {
    const folder = treeOf({
      'cdk.json': '{}',
      'fn/h.py': NEEDING,
      'other/index.py': NEEDING_NOTHING,
      'pyproject.toml': PROJECT,
    });
    const from = (entry: string, name: string) =>
      installs(planIn(folder, entry, 'stack.ts', { dependencies: { ...DEFAULT_DEPENDENCIES, from: name } }));
    await tryCase('a path', () => {
      assert.is(from('other/index.py', '../pyproject.toml'), 'idna ==3.10');
      assert.is(from('other/index.py', 'pyproject.toml'), 'idna ==3.10');
      assert.is(from('other/index.py', fs.realpathSync(path.join(folder, 'pyproject.toml'))), 'idna ==3.10');
    });
    await tryCase('beside, none', () => {
      assert.is(from('fn/h.py', 'beside'), null);
      assert.is(from('fn/h.py', 'none'), null);
    });
  },
);

run();
