import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sha256 } from '../../src/plan/values/hash';
import { manifestPath, readManifest } from '../../src/exec/bundle/bundle-manifest';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import { planWith } from '../exec/support/plans';
import { execute } from '../support/bundle-file';
import type { OpenIndex } from '../support/open-index';
import { openIndex } from '../support/open-index';
import { newestPip, runTool } from '../support/python-tools';
import { reliabilityTable } from '../support/reliability-table';
import { corpVersions } from '../support/corp-versions';
import { temporaryFolder, writeTree } from '../support/temporary';
import type { Tool } from './machines';
import { BOTH, machine, told } from './machines';

const { row, run } = reliabilityTable(
  suite('variables that choose versions'),
  'hostile: variables that choose versions',
);

const FOLDERS = corpVersions();

const constraints = (text: string): string => {
  const folder = temporaryFolder();
  writeTree(folder, { 'constraints.txt': text });
  return path.join(folder, 'constraints.txt');
};

type Whose = 'machine' | 'bundle';
const WHOSE = ['machine', 'bundle'] as const;

interface Asked {
  readonly tool: Tool;
  readonly index: OpenIndex;
  readonly whose?: Whose;
  readonly requirement?: string;
  readonly more?: NodeJS.ProcessEnv;
}

/** What is installed where variables are set, or why nothing is. */
const installed = async (
  variables: Readonly<Record<string, string>>,
  { tool, index, whose = 'machine', requirement = 'corp', more = {} }: Asked,
): Promise<string> => {
  const said = { UV_DEFAULT_INDEX: index.url, PIP_INDEX_URL: index.url };
  const own = machine(tool, {
    ...said,
    ...(whose === 'machine' ? variables : {}),
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
    ...more,
  });
  const plan = planWith(`${requirement}\n`, { executor: 'host' });
  const [report] = await execute([plan], own, whose === 'bundle' ? variables : {});
  if (report?.outcome._tag === 'Failed') return showExecutionError(report.outcome.error);
  const manifest = readManifest(fs.readFileSync(manifestPath(plan.output.path), 'utf8'));
  return (manifest?.distributions ?? []).map(({ name, version }) => `${name} ${version}`).join(', ');
};

const withIndex = async (work: (index: OpenIndex) => Promise<void>): Promise<void> => {
  const index = await openIndex(...FOLDERS);
  try {
    await work(index);
  } finally {
    index.close();
  }
};

row(
  'constraints, pre-releases or no dependencies by a variable of uv or of pip, of the machine or of `bundling.environment`',
  'uv and pip install the same',
  (tryCase) =>
    withIndex(async (index) => {
      const below = constraints('corp<2\n');
      const same: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
        ['nothing', {}, 'corp 2, helper 1'],
        ['UV_CONSTRAINT', { UV_CONSTRAINT: below }, 'corp 1'],
        ['PIP_CONSTRAINT', { PIP_CONSTRAINT: below }, 'corp 1'],
        ['a relative path', { PIP_CONSTRAINT: path.relative(process.cwd(), below) }, 'corp 1'],
        ['two of both', { UV_CONSTRAINT: constraints('helper<2\n'), PIP_CONSTRAINT: below }, 'corp 1'],
        ['UV_PRERELEASE', { UV_PRERELEASE: 'allow' }, 'corp 3rc1'],
        ['the default of UV_PRERELEASE', { UV_PRERELEASE: 'if-necessary-or-explicit' }, 'corp 2, helper 1'],
        ['PIP_PRE', { PIP_PRE: '1' }, 'corp 3rc1'],
        ['PIP_PRE, off', { PIP_PRE: '0' }, 'corp 2, helper 1'],
        ['PIP_NO_DEPS', { PIP_NO_DEPS: '1' }, 'corp 2'],
        ['UV_RESOLUTION, the default', { UV_RESOLUTION: 'highest' }, 'corp 2, helper 1'],
      ];
      for (const tool of BOTH)
        for (const whose of WHOSE)
          // What is true of one of them is true of the other: two of them are tried for the bundle as well.
          for (const [name, variables, expected] of whose === 'machine' ? same : same.slice(1, 4))
            await tryCase(`${name} of the ${whose}, with ${tool}`, async () => {
              assert.is(await installed(variables, { tool, index, whose }), expected);
            });
    }),
);

const LOCK =
  'or lock the dependencies (`npx cdk-lambda-python lock`), as no variable changes what a lock has.';

row(
  'a variable that one of uv and pip alone can honour',
  'an error that names it, its value and who has set it',
  (tryCase) =>
    withIndex(async (index) => {
      const alone: readonly (readonly [string, string])[] = [
        ['UV_OVERRIDE', constraints('corp==1\n')],
        ['UV_EXCLUDE', constraints('helper\n')],
        ['UV_RESOLUTION', 'lowest'],
        ['UV_TORCH_BACKEND', 'cpu'],
        ['UV_PRERELEASE', 'explicit'],
        ['PIP_IGNORE_REQUIRES_PYTHON', '1'],
        ['PIP_USE_DEPRECATED', 'legacy-resolver'],
        ['PIP_ALL_RELEASES', 'corp'],
      ];
      for (const [name, value] of alone)
        for (const whose of name === 'UV_OVERRIDE' ? WHOSE : (['machine'] as const))
          await tryCase(`${name} of the ${whose}`, async () => {
            const tool = name.startsWith('UV_') ? 'pip' : 'uv';
            const message = await installed({ [name]: value }, { tool, index, whose });
            const other = tool === 'uv' ? 'pip' : 'uv';
            const by = whose === 'machine' ? "this machine's environment" : '`bundling.environment`';
            const way = other === 'uv' ? 'Install uv' : 'Set `bundling.installer` to "pip"';
            assert.match(
              message.replace(/\d+\.\d+\.\d+/, 'N'),
              `${name} (${value}) of ${by} decides which versions are installed, and only ${other} can honour it. ${tool} N was found. ${way}, take the variable away, ${LOCK}`,
            );
          });
    }),
);

/** A folder of programs with a Python that has the newest pip. */
const binOfNewestPip = (): string => {
  const { python, folder } = newestPip();
  const venv = path.join(temporaryFolder(), 'venv');
  runTool(python, ['-m', 'venv', '--without-pip', venv]);
  const [lib = ''] = fs.readdirSync(path.join(venv, 'lib'));
  fs.cpSync(folder, path.join(venv, 'lib', lib, 'site-packages'), { recursive: true });
  return path.join(venv, 'bin');
};

row(
  'a date up to which uploads count, by a variable of uv or of pip',
  'uv and a new pip install the same; with an older pip it is an error',
  async (tryCase) => {
    const more = { PATH: `${binOfNewestPip()}:/usr/bin:/bin` };
    const pypi = { url: 'https://pypi.org/simple', asked: [], close: () => undefined };
    const dates: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
      [{ UV_EXCLUDE_NEWER: '2023-01-01T00:00:00Z' }, 'idna 3.4'],
      [{ PIP_UPLOADED_PRIOR_TO: '2023-01-01T00:00:00Z' }, 'idna 3.4'],
      // idna 3.6 is of 2023-11-25. uv counts the day itself, pip does not.
      [{ UV_EXCLUDE_NEWER: '2023-11-25' }, 'idna 3.6'],
      [{ UV_EXCLUDE_NEWER: '2023-11-24' }, 'idna 3.5'],
      [{ PIP_UPLOADED_PRIOR_TO: '2023-11-25' }, 'idna 3.5'],
      [{ PIP_UPLOADED_PRIOR_TO: '2023-11-26' }, 'idna 3.6'],
    ];
    const requirement = 'idna>=3.4';
    for (const [variables, expected] of dates) {
      await tryCase(`${JSON.stringify(variables)}, uv`, async () => {
        assert.is(await installed(variables, { tool: 'uv', index: pypi, requirement }), expected);
      });
      await tryCase(`${JSON.stringify(variables)}, the newest pip`, async () => {
        assert.is(await installed(variables, { tool: 'pip', index: pypi, requirement, more }), expected);
      });
      await tryCase(`${JSON.stringify(variables)}, an older pip`, async () => {
        const [[name, value] = []] = Object.entries(variables);
        const message = await installed(variables, { tool: 'pip', index: pypi, requirement });
        assert.match(
          message.replace(/pip \d+\.\d+\.\d+/, 'pip N'),
          `${name} (${value}) of this machine's environment decides which versions are installed, and pip N does not know it. Use uv, or pip 26.0.0 or newer. Take the variable away, ${LOCK}`,
        );
      });
    }
    await tryCase('a duration, with pip', async () => {
      const message = await installed(
        { UV_EXCLUDE_NEWER: '30 days' },
        { tool: 'pip', index: pypi, requirement },
      );
      assert.match(message, 'UV_EXCLUDE_NEWER (30 days) of this machine');
      assert.match(message, 'Write a moment, such as 2026-01-31T00:00:00Z');
    });
  },
);

row('a variable that leaves nothing to install', 'the error begins with the variable', (tryCase) =>
  withIndex(async (index) => {
    const none = { UV_CONSTRAINT: constraints('corp<1\n') };
    for (const tool of BOTH)
      await tryCase(tool, async () => {
        const message = await installed(none, { tool, index });
        assert.match(
          message,
          `UV_CONSTRAINT (${none.UV_CONSTRAINT}) of this machine's environment decides what can be installed here, and may be the cause: `,
        );
        const offline = await installed(
          { PIP_NO_INDEX: '1' },
          { tool, index, more: { UV_DEFAULT_INDEX: '' } },
        );
        assert.match(
          offline,
          "PIP_NO_INDEX (1) of this machine's environment decides what can be installed here, and may be the cause: ",
        );
      });
  }),
);

row(
  'the same variables, where a version with a hash is required',
  'they are not used, and a line says so',
  (tryCase) =>
    withIndex(async (index) => {
      const wheel = path.join(FOLDERS[0] ?? '', 'corp-1-py3-none-any.whl');
      const requirement = `corp==1 --hash=sha256:${sha256(fs.readFileSync(wheel))}`;
      const variables = { UV_OVERRIDE: '/none', PIP_CONSTRAINT: '/none', UV_EXCLUDE_NEWER: '2000-01-01' };
      for (const tool of BOTH)
        await tryCase(tool, async () => {
          let got = '';
          const lines = await told(async () => {
            got = await installed(variables, { tool, index, requirement });
          });
          assert.is(got, 'corp 1');
          assert.match(
            lines.join('\n'),
            "does not use PIP_CONSTRAINT (/none), UV_EXCLUDE_NEWER (2000-01-01), UV_OVERRIDE (/none) of this machine's environment: the declaration decides what is installed",
          );
        });
    }),
);

run();
