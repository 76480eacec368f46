import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { madeAnswer } from '../support/made-answer';
import { planIn, treeOf } from '../support/planned-tree';
import { findPython, runTool, uv } from '../support/python-tools';
import { reliabilityTable } from '../support/reliability-table';
import { temporaryFolder } from '../support/temporary';

const { row, run } = reliabilityTable(
  suite('functions of projects further up, invoked'),
  'hostile: functions of projects further up, invoked',
);

const HANDLER = 'import idna\ndef lambda_handler(e,c): return idna.__version__\n';
const MONO =
  '[project]\nname = "mono"\nversion = "0"\nrequires-python = ">=3.11"\ndependencies = ["idna==3.10"]\n';

const member = (name: string, dependencies: readonly string[]): string =>
  [
    `[project]\nname = "${name}"\nversion = "0.1.0"\nrequires-python = ">=3.12"`,
    `dependencies = ${JSON.stringify(dependencies)}`,
    '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n',
  ].join('\n');

interface Layout {
  readonly files: Readonly<Record<string, string>>;
  readonly entry: string;
  readonly definedIn: string;
  /** Whether uv locks the project first. */
  readonly isLocked?: true;
  readonly handler?: string;
  readonly answer: unknown;
}

const LAYOUTS: Readonly<Record<string, Layout>> = {
  'the app in a folder of its own': {
    files: {
      'infra/cdk.json': '{"app":"x"}',
      'lambdas/fn/h.py': HANDLER,
      'pyproject.toml': MONO,
      'libs/shared/shared/__init__.py': '',
      'libs/shared/pyproject.toml':
        '[build-system]\nrequires=["setuptools"]\nbuild-backend="setuptools.build_meta"\n[project]\nname="shared"\nversion="1"\n',
    },
    entry: 'lambdas/fn/h.py',
    definedIn: 'infra/stack.ts',
    answer: '3.10',
  },
  'a member of a workspace': {
    files: {
      'infra/cdk.json': '{}',
      'pyproject.toml': '[tool.uv.workspace]\nmembers = ["packages/*"]\n',
      'packages/common/pyproject.toml': member('common', ['six==1.17.0']),
      'packages/common/src/common/__init__.py': 'C="common"\n',
      'packages/functions/pyproject.toml': `${member('functions', ['common', 'idna==3.10'])}[tool.uv.sources]\ncommon = { workspace = true }\n`,
      'packages/functions/src/functions/__init__.py': '',
      'packages/functions/src/functions/utils.py': 'U="util"\n',
      'packages/functions/src/functions/api/__init__.py': '',
      'packages/functions/src/functions/api/health.py':
        'import common, six, idna\nfrom functions.utils import U\ndef handler(e, c): return [U, common.C, six.__version__]\n',
    },
    entry: 'packages/functions/src/functions/api/health.py',
    definedIn: 'infra/stack.ts',
    isLocked: true,
    handler: 'handler',
    answer: ['util', 'common', '1.17.0'],
  },
  'a package.json beside the entry': {
    files: {
      'cdk.json': '{}',
      'lambdas/fn/package.json': '{"name":"fn"}',
      'lambdas/fn/h.py': HANDLER,
      'pyproject.toml': MONO,
    },
    entry: 'lambdas/fn/h.py',
    definedIn: 'app.ts',
    answer: '3.10',
  },
};

row(
  'what a project further up declares, with `.git` and without it',
  'the function has it on Lambda, and both have one hash',
  async (tryCase) => {
    for (const [name, { files, entry, definedIn, isLocked, handler, answer }] of Object.entries(LAYOUTS))
      await tryCase(name, async () => {
        const hashes = new Set<string>();
        const locked = treeOf(files);
        if (isLocked === true)
          runTool(uv(), ['lock', '--quiet', '--python', findPython('3.12') ?? '3.12'], locked);
        for (const git of [undefined, path.join(locked, '.git')]) {
          if (git !== undefined) runTool('git', ['init', '--quiet', locked]);
          const plan = planIn(locked, entry, definedIn, {
            outputDirectory: path.join(temporaryFolder(), 'cdk.out'),
            ...(handler === undefined ? {} : { handler }),
          });
          hashes.add(plan.hash.asset);
          assert.equal(await madeAnswer(plan), { ok: true, payload: answer });
        }
        assert.is(hashes.size, 1);
      });
  },
);

run();
