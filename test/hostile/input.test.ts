import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Ended } from '../cli/command';
import { cli } from '../cli/command';
import { folderOf, HANDLER } from '../exec/requests';
import { DEFAULT_DEPENDENCIES } from '../../src/plan/bundle-request';
import { planWith } from '../exec/plans';
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
  ['100 MB of an array', () => `[${'1,'.repeat(50 * MEGABYTE)}1]`, /has more than 32 MB, which no plan has/],
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
  ['names that turn and redraw a terminal', () => '{"\u001b]0;x\u0007\u202e":1,"version":1}', /u001b/],
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

row(
  'a declaration that is deep, long, or hides a line from a reader, for `plan` and `bundle`',
  'refused in one message that names the file',
  async (tryCase) => {
    for (const [name, files] of PROJECTS) {
      const cwd = folderOf({ 'index.py': HANDLER, ...files });
      const file = Object.keys(files).at(-1) ?? '';
      for (const args of [
        ['plan', 'index.py', '--json'],
        ['bundle', 'index.py', '--out', 'out'],
      ]) {
        await tryCase(`${args[0] ?? ''}: ${name}`, async () => {
          isOneMessage(
            await cli([...args, '--runtime', '3.11'], { cwd }),
            new RegExp(file.replaceAll('.', '\\.')),
          );
          assert.not(fs.existsSync(path.join(cwd, 'out')));
        });
      }
    }
  },
);

row(
  'an option whose value is another option, a path, a line, or a name that looks like one',
  'refused by name, or a plain text in the plan',
  async (tryCase) => {
    const cwd = folderOf({ 'index.py': HANDLER, 'requirements.txt': 'six\n' });
    const refused: readonly (readonly [string, string])[] = [
      ['--index', '-x'],
      ['--index', 'https://e.example\n--find-links /'],
      ['--index', 'https://u:p@e.example/simple'],
      ['--index', '/etc'],
      ['--extra-index', 'https://e.example --trusted-host e'],
      ['--extra-index', 'https://e.example\u2028-e /'],
      ['--omit', '-x'],
      ['--omit', 'a b'],
      ['--omit', '../x'],
      ['--omit', 'аpp'],
      ['--group', '--index-url=https://e.example'],
      ['--extra', 'a]\n--find-links /'],
      ['--from', '../../etc/passwd'],
      ['--from', '-r'],
      ['--runtime', '--index-url'],
      ['--handler', 'a b'],
      ['--handler', 'a\n.b'],
    ];
    for (const [option, value] of refused) {
      await tryCase(`${option} ${JSON.stringify(value)}`, async () => {
        const ended = await cli(['plan', 'index.py', '--json', '--runtime', '3.11', `${option}=${value}`], {
          cwd,
        });
        isOneMessage(ended, /error: /);
      });
    }
  },
);

/** Reads the option and its value from a plan: what the CLI asks to be allowed. */
row(
  'a plan of a stranger that asks for more than an install needs',
  'it says what, and runs nothing of it unless `--allow-commands` is said',
  async (tryCase) => {
    const docker = { environment: [], volumes: [] };
    const asked: readonly (readonly [string, object, RegExp])[] = [
      [
        'an image',
        { docker: { ...docker, image: 'e.example/image' } },
        /^ {2}\(runs the image e\.example\/image\)$/m,
      ],
      ['root', { docker: { ...docker, user: 'root' } }, /^ {2}\(runs its container as the user root\)$/m],
      [
        'a capability',
        { docker: { ...docker, capAdd: ['SYS_ADMIN'] } },
        /^ {2}\(gives .* the capability SYS_ADMIN\)$/m,
      ],
      [
        'no confinement',
        { docker: { ...docker, securityOpt: 'seccomp=unconfined' } },
        /the security option seccomp=unconfined\)$/m,
      ],
      ['the network of the host', { docker: { ...docker, network: 'host' } }, /into the network host\)$/m],
      [
        'a variable',
        { docker: { ...docker, environment: ['AWS_SECRET_ACCESS_KEY'] } },
        /^ {2}\(reads the variable AWS_SECRET_ACCESS_KEY\)$/m,
      ],
      [
        'a variable in an index',
        {
          dependencies: {
            ...DEFAULT_DEPENDENCIES,
            index: 'https://${AWS_SECRET_ACCESS_KEY}@e.example/simple',
          },
        },
        /^ {2}\(reads the variable AWS_SECRET_ACCESS_KEY\)$/m,
      ],
    ];
    for (const [name, changes, says] of asked) {
      await tryCase(name, async () => {
        const plan = planWith('six\n', { executor: 'docker', ...changes });
        const cwd = folderOf({ 'plan.json': JSON.stringify(plan) });
        const environment = environmentWith({});
        const ended = await cli(['run', 'plan.json', '--out', 'out'], { cwd, environment });
        isOneMessage(ended, says);
        assert.match(ended.stderr, /Say --allow-commands to run them\.\n$/);
      });
    }
  },
);

run();
