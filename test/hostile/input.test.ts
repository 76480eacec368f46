import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Ended } from '../cli/support/command';
import { cli } from '../cli/support/command';
import { folderOf, HANDLER } from '../exec/support/requests';
import { powersOf } from '../../src/cli/plan-permissions';
import { printable } from '../../src/exec/process/printable';
import type { BundleRequest, DependencyRequest } from '../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../src/plan/request/bundle-request';
import { planOf, planWith } from '../exec/support/plans';
import { environmentWith } from '../support/python-tools';
import { reliabilityTable } from '../support/reliability-table';

const test = suite('hostile input of commands');
const { row, run } = reliabilityTable(test, 'hostile: input');

const MEGABYTE = 1024 * 1024;

const isOneMessage = ({ code, stdout, stderr }: Ended, says: RegExp): void => {
  assert.is(code, 1, stderr.slice(0, 2000));
  assert.is(stdout, '');
  assert.match(stderr, says);
  assert.ok(stderr.length < 8000, `${stderr.length} characters`);
  assert.not.match(stderr, /^\s+at .*:\d+|node:internal|FATAL ERROR/m);
  // A terminal does what control characters say.
  assert.not.match(stderr, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
};

const PLANS: readonly (readonly [name: string, text: () => string, says: RegExp])[] = [
  [
    '100 MB of an array',
    () => `[${'1,'.repeat(50 * MEGABYTE)}1]`,
    /has more than 32 MB, too much for a plan/,
  ],
  ['32 MB of empty arrays', () => `[${'[],'.repeat(10 * MEGABYTE)}[]]`, /expected BundlePlan, got an array/],
  ['a million unknown fields', () => manyFields(1_000_000), /^\/a0: unknown field$/m],
  ['a list of a million wrong sources', () => `{"sources":[${'1,'.repeat(1_000_000)}1]}`, /and \d+ more$/m],
  ['nested a million times', () => '['.repeat(1_000_000) + ']'.repeat(1_000_000), /not (JSON|a plan)/],
  [
    'objects nested a million times',
    () => `${'{"a":'.repeat(1_000_000)}1${'}'.repeat(1_000_000)}`,
    /not (JSON|a plan)/,
  ],
  ['never closed', () => '{"version":1,"label":"', /is not JSON/],
  ['nothing', () => '', /is not JSON/],
  ['binary', () => '\u0000\u0001\ufffd'.repeat(1000), /is not JSON/],
  ['a number that no double holds', () => '{"version":1e999}', /version/],
  [
    'names that turn and redraw a terminal',
    () => JSON.stringify({ '\u001b]0;x\u0007\u202e': 1, version: 1 }),
    /u001b/,
  ],
];

const manyFields = (count: number): string =>
  `{${Array.from({ length: count }, (_, index) => `"a${index}":1`).join(',')}}`;

row(
  'a plan for `run` that is huge, deep, binary, cut off or of other types, as a file',
  'one message of a few lines, without a stack trace; nothing is written',
  async (tryCase) => {
    const cwd = folderOf({});
    for (const [name, text, says] of PLANS) {
      await tryCase(name, async () => {
        fs.writeFileSync(path.join(cwd, 'plan.json'), text());
        isOneMessage(await cli(['run', 'plan.json', '--out', 'out'], { cwd }), says);
        assert.equal(fs.readdirSync(cwd), ['plan.json']);
      });
    }
  },
);

row('the same on standard input, and what never ends', 'the same', async (tryCase) => {
  const cwd = folderOf({});
  await tryCase('100 MB', async () => {
    const input = `[${'1,'.repeat(50 * MEGABYTE)}1]`;
    isOneMessage(await cli(['run', '-', '--out', 'out'], { cwd, input }), /has more than 32 MB/);
  });
  await tryCase('/dev/zero', async () => {
    isOneMessage(await cli(['run', '/dev/zero', '--out', 'out'], { cwd }), /has more than 32 MB/);
  });
  await tryCase('a folder', async () => {
    isOneMessage(await cli(['run', '.', '--out', 'out'], { cwd }), /Cannot read the plan \.: it is a folder/);
  });
  assert.equal(fs.readdirSync(cwd), []);
});

const deep = (open: string): string => open.repeat(1_000_000);

const PROJECTS: readonly (readonly [name: string, files: Readonly<Record<string, string>>])[] = [
  ['a deep pyproject.toml', { 'pyproject.toml': `[project]\ndependencies = ${deep('[')}` }],
  ['a deep uv.lock', { 'pyproject.toml': '[project]\nname = "a"\n', 'uv.lock': `a = ${deep('{a=')}` }],
  ['a deep Pipfile.lock', { Pipfile: '', 'Pipfile.lock': deep('{"a":') }],
  ['a deep pylock.toml', { 'pylock.toml': `packages = ${deep('[')}` }],
  ['a requirement of a deep marker', { 'requirements.txt': `six ; ${deep('(')}\n` }],
  ['a requirement of 10 MB', { 'requirements.txt': `six ; ${'a'.repeat(10 * MEGABYTE)}\n` }],
  ['a requirement with a hidden line', { 'requirements.txt': 'six\u2028--index-url https://e.example\n' }],
  ['a requirement with a control character', { 'requirements.txt': 'six\u001b]0;x\u0007\n' }],
  ['an index in a marker', { 'pyproject.toml': hiddenIndex() }],
];

function hiddenIndex(): string {
  return `[project]\ndependencies = ["six ; os_name == 'a\\n--index-url https://e.example'"]\n`;
}

/** What planning says of a folder with these files; it is told as it would be on the command line. */
const saidOf = (files: Readonly<Record<string, string>>, changes: Partial<BundleRequest> = {}): Ended => {
  const folder = folderOf({ 'index.py': HANDLER, ...files });
  try {
    planOf(folder, changes);
    return { code: 0, stdout: '', stderr: '' };
  } catch (error) {
    return { code: 1, stdout: '', stderr: printable((error as Error).message) };
  }
};

row(
  'a declaration that is deep, long, or hides a line from a reader',
  'refused in one message that names the file',
  async (tryCase) => {
    for (const [name, files] of PROJECTS) {
      const file = Object.keys(files).at(-1) ?? '';
      await tryCase(name, () => isOneMessage(saidOf(files), new RegExp(file.replaceAll('.', '\\.'))));
    }
    for (const args of [
      ['plan', 'index.py', '--json'],
      ['bundle', 'index.py', '--out', 'out'],
    ]) {
      const cwd = folderOf({ 'index.py': HANDLER, 'requirements.txt': `six ; ${deep('(')}\u001b]0;x\n` });
      await tryCase(`the command ${args[0] ?? ''}`, async () => {
        isOneMessage(await cli([...args, '--runtime', '3.11'], { cwd }), /requirements\.txt/);
        assert.not(fs.existsSync(path.join(cwd, 'out')));
      });
    }
  },
);

const OPTIONS: readonly Partial<DependencyRequest>[] = [
  ...[
    '-x',
    'https://e.example\n--find-links /',
    'https://u:p@e.example/simple',
    '/etc',
    'https://e.example -e /',
  ].map((index) => ({ index })),
  ...['https://e.example --trusted-host e', 'https://e.example\u2028-e /'].map((url) => ({
    extraIndexes: [url],
  })),
  ...['-x', 'a b', '../x', 'аpp', 'a\n--find-links /'].map((name) => ({ omit: [name] })),
  ...['--index-url=https://e.example', '__proto__'].map((name) => ({ groups: [name] })),
  ...['a]\n--find-links /', 'constructor'].map((name) => ({ extras: [name] })),
  ...['../../etc/passwd', '-r', 'a\0b'].map((from) => ({ from })),
];

const REQUESTS: readonly Partial<BundleRequest>[] = [
  ...['--index-url', '3.11; id', '../3.11'].map((prop) => ({ runtime: { prop } })),
  ...['a b', 'a\n.b', '-x y'].map((handler) => ({ handler })),
  ...['../x', '/x', 'a\\..\\..\\x', 'C:\\x', 'a\nb', 'a\0b'].map((prefix) => ({ prefix })),
];

row(
  'an option whose value is another option, a path, a line, a name that looks like one, or a name of JavaScript',
  'refused by its name',
  async (tryCase) => {
    const files = { 'pyproject.toml': '[project]\nname = "a"\nversion = "1"\ndependencies = ["six"]\n' };
    for (const option of OPTIONS)
      await tryCase(JSON.stringify(option), () =>
        isOneMessage(saidOf(files, { dependencies: { ...DEFAULT_DEPENDENCIES, ...option } }), /./),
      );
    for (const changes of REQUESTS)
      await tryCase(JSON.stringify(changes), () => isOneMessage(saidOf(files, changes), /./));
  },
);

const NO_DOCKER = { environment: [], volumes: [] };

const POWERS: readonly (readonly [
  name: string,
  changes: Partial<BundleRequest>,
  ...says: readonly string[],
])[] = [
  ['an image', { docker: { ...NO_DOCKER, image: 'e.example/i' } }, '(runs the image e.example/i)'],
  ['root', { docker: { ...NO_DOCKER, user: 'root' } }, '(runs its container as the user root)'],
  [
    'a capability',
    { docker: { ...NO_DOCKER, capAdd: ['SYS_ADMIN'] } },
    '(gives its container the capability SYS_ADMIN)',
  ],
  [
    'no confinement',
    { docker: { ...NO_DOCKER, securityOpt: 'seccomp=unconfined' } },
    '(gives its container the security option seccomp=unconfined)',
  ],
  [
    'the network of the host',
    { docker: { ...NO_DOCKER, network: 'host' } },
    '(puts its container into the network host)',
  ],
  [
    'a variable',
    { docker: { ...NO_DOCKER, environment: ['AWS_SECRET'] } },
    '(reads the variable AWS_SECRET)',
  ],
  [
    'a variable in an index',
    { dependencies: { ...DEFAULT_DEPENDENCIES, index: 'https://${AWS_SECRET}@e.example/simple' } },
    '(reads the variable AWS_SECRET)',
    '(takes packages from https://e.example/simple)',
  ],
];

row(
  'a plan of a stranger that asks for more than an install needs',
  '`run` says what, and does nothing of it unless `--allow-commands` is said',
  async (tryCase) => {
    assert.equal(powersOf(planWith('six\n'), []), []);
    for (const [name, changes, ...says] of POWERS)
      await tryCase(name, () =>
        assert.equal(powersOf(planWith('six\n', { executor: 'docker', ...changes }), []), says),
      );
    await tryCase('the command run', async () => {
      const plan = planWith('six\n', { docker: { ...NO_DOCKER, user: 'root' } });
      const cwd = folderOf({ 'plan.json': JSON.stringify(plan) });
      const ended = await cli(['run', 'plan.json', '--out', 'out'], {
        cwd,
        environment: environmentWith({}),
      });
      isOneMessage(
        ended,
        /^ {2}\(runs its container as the user root\)\nUse --allow-commands to run them\.$/m,
      );
    });
  },
);

run();
