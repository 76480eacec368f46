import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { machine } from '../hostile/machines';
import { manifestPath, readManifest } from '../../src/exec/bundle/bundle-manifest';
import { planWith } from '../exec/support/plans';
import { execute } from '../support/bundle-file';
import { dockerSkipReason } from '../support/docker';
import { openIndex } from '../support/open-index';
import { environmentWith } from '../support/python-tools';
import { corpVersions } from '../support/corp-versions';
import { installedSet } from '../support/installed-set';
import { temporaryFolder, writeTree } from '../support/temporary';
import { wheelFolder } from '../support/wheel';

const test = suite('variables of the machine mean the same in a container');

const FOLDERS = [
  ...corpVersions(),
  wheelFolder('later', { 'later.py': '' }, { version: '1' }),
  wheelFolder('later', { 'later.py': '' }, { version: '2', python: '>=3.99' }),
];

const FILES = temporaryFolder();
writeTree(FILES, {
  'below.txt': 'corp<2\n',
  'more/list.txt': '# one that is included\n-c ../below.txt\n',
  'override.txt': 'corp==1\n',
  'none.txt': 'corp<1\n',
  'unlocked.txt': 'helper\n',
});
const at = (name: string): string => path.join(FILES, name);

const PLACES = (['host', 'docker'] as const).flatMap((executor) =>
  (['uv', 'pip'] as const).map((tool) => ({ executor, tool })),
);

interface Outcome {
  readonly installed: string;
  readonly lines: readonly string[];
}

const outcomeOf = async (
  url: string,
  { executor, tool }: (typeof PLACES)[number],
  variables: Readonly<Record<string, string>>,
  requirement = 'corp',
): Promise<Outcome> => {
  const plan = planWith(`--index-url ${url}\n${requirement}\n`, {
    runtime: { prop: 'python3.11' },
    executor,
    docker: { environment: [], volumes: [], network: 'host' },
  });
  const { PATH = '' } = environmentWith({ [tool]: true, docker: true });
  const own = machine(tool, { PATH, ...variables, CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() });
  return installedSet(plan, own);
};

const withIndex = async (work: (url: string) => Promise<void>): Promise<void> => {
  const index = await openIndex(...FOLDERS);
  try {
    await work(index.url);
  } finally {
    index.close();
  }
};

const SAME: Readonly<Record<string, readonly [Readonly<Record<string, string>>, string]>> = {
  nothing: [{}, 'corp 2, helper 1'],
  UV_CONSTRAINT: [{ UV_CONSTRAINT: at('below.txt') }, 'corp 1'],
  'PIP_CONSTRAINT, whose file includes another': [{ PIP_CONSTRAINT: at('more/list.txt') }, 'corp 1'],
  'UV_CONSTRAINT, a relative path': [
    { UV_CONSTRAINT: path.relative(process.cwd(), at('below.txt')) },
    'corp 1',
  ],
  PIP_PRE: [{ PIP_PRE: '1' }, 'corp 3rc1'],
  UV_PRERELEASE: [{ UV_PRERELEASE: 'allow' }, 'corp 3rc1'],
  PIP_NO_DEPENDENCIES: [{ PIP_NO_DEPENDENCIES: '1' }, 'corp 2'],
};

for (const [name, [variables, expected]] of Object.entries(SAME))
  test(`${name}: the same set, and a line names it`, () =>
    withIndex(async (url) => {
      for (const place of PLACES) {
        const { installed, lines } = await outcomeOf(url, place, variables);
        assert.is(installed, expected, JSON.stringify(place));
        for (const [variable, value] of Object.entries(variables))
          assert.ok(
            lines.some((line) =>
              line.endsWith(
                `uses ${variable} (${value.startsWith('..') ? path.resolve(value) : value}) of this machine's environment`,
              ),
            ),
            JSON.stringify([place, lines]),
          );
      }
    }));

const ALONE: Readonly<Record<string, readonly [value: string, by: 'uv' | 'pip', installed: string]>> = {
  UV_OVERRIDE: [at('override.txt'), 'uv', 'corp 1'],
  UV_RESOLUTION: ['lowest', 'uv', 'corp 1'],
  PIP_IGNORE_REQUIRES_PYTHON: ['1', 'pip', 'later 2'],
  PIP_USE_DEPRECATED: ['legacy-resolver', 'pip', 'corp 2, helper 1'],
};

for (const [name, [value, by, expected]] of Object.entries(ALONE))
  test(`${name}: ${by} honours it, and the other refuses it`, () =>
    withIndex(async (url) => {
      const requirement = expected.startsWith('later') ? 'later' : 'corp';
      for (const place of PLACES) {
        const { installed } = await outcomeOf(url, place, { [name]: value }, requirement);
        if (place.tool === by) assert.is(installed, expected, JSON.stringify(place));
        else
          assert.match(
            installed,
            new RegExp(
              `^${name} .*of this machine's environment.* decides which versions are installed, and only ${by} can honour it\\. `,
            ),
            JSON.stringify(place),
          );
      }
    }));

test('what leaves nothing to install is named first', () =>
  withIndex(async (url) => {
    for (const place of PLACES) {
      const { installed } = await outcomeOf(url, place, { PIP_CONSTRAINT: at('none.txt') });
      assert.match(
        installed,
        `PIP_CONSTRAINT (${at('none.txt')}) of this machine's environment decides what can be installed here, and may be the cause: `,
        JSON.stringify(place),
      );
    }
  }));

test('a file that is not there is an error', () =>
  withIndex(async (url) => {
    for (const place of PLACES) {
      const { installed } = await outcomeOf(url, place, { PIP_CONSTRAINT: at('nowhere.txt') });
      assert.match(installed, /nowhere\.txt/, JSON.stringify(place));
      assert.not.match(installed, /^corp \d/);
    }
  }));

test('the machine changes its file: the store has another key', () =>
  withIndex(async (url) => {
    const plan = planWith(`--index-url ${url}\ncorp\n`, {
      runtime: { prop: 'python3.11' },
      executor: 'docker',
      docker: { environment: [], volumes: [], network: 'host' },
    });
    const file = path.join(temporaryFolder(), 'c.txt');
    const { PATH = '' } = environmentWith({ uv: true, docker: true });
    const shared = machine('uv', { PATH, PIP_CONSTRAINT: file, CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() });
    const got: string[] = [];
    for (const text of ['corp<2\n', 'corp<3\n']) {
      fs.writeFileSync(file, text);
      await execute([plan], shared);
      const manifest = readManifest(fs.readFileSync(manifestPath(plan.output.path), 'utf8'));
      got.push((manifest?.distributions ?? []).map(({ version }) => version).join());
    }
    assert.equal(got, ['1', '2,1']);
  }));

for (const name of ['UV_FIND_LINKS', 'PIP_FIND_LINKS'])
  test(`${name}: a folder of this machine counts`, () =>
    withIndex(async (url) => {
      const folder = wheelFolder('beside', { 'beside.py': '' }, { version: '1' });
      for (const place of PLACES) {
        const { installed } = await outcomeOf(url, place, { [name]: folder }, 'beside');
        assert.is(installed, 'beside 1', JSON.stringify(place));
      }
    }));

const skip = dockerSkipReason('public.ecr.aws/sam/build-python3.11');
if (skip === undefined) test.run();
else console.log(`SKIPPED: ${skip}`);
