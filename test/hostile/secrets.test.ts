import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { folderStore } from '../../src/exec/store/store';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { cli, commandOf, started } from '../cli/support/command';
import { folderOf, HANDLER } from '../exec/support/requests';
import { CANARY, canaryFor, tracesIn } from '../support/canary';
import type { PasswordWay } from '../support/index-passwords';
import { isAmongFew, waysFor } from '../support/index-passwords';
import { onTerminal } from '../support/on-terminal';
import { reliabilityTable } from '../support/reliability-table';
import { secretApp } from '../support/secret-app';
import { SECRET_FILES } from '../support/secret-files';
import { secretMachine, watchingIndex, withoutTrace } from '../support/secret-machine';
import { SECRET_MESSAGES } from '../support/secret-messages';
import type { Attempt } from './secret-attempt';
import { attemptAt, requirementsOf } from './secret-attempt';
import { TELLING_COMMAND, TELLING_PACKAGE } from '../support/telling-build';

const test = suite('secrets');
const { row, run } = reliabilityTable(test, 'hostile: secrets');

let index: Awaited<ReturnType<typeof watchingIndex>>;
test.before(async () => {
  index = await watchingIndex();
});
test.before.each(() => {
  index.setPassword(CANARY);
  index.stall(false);
});
test.after(() => index.close());

const BOTH = ['uv', 'pip'] as const;

const attempt = (way: PasswordWay, asked: Attempt): Promise<string> => attemptAt(index, way, asked);

const made = async (...args: Parameters<typeof attempt>): Promise<void> => {
  const answer = await attempt(...args);
  assert.ok(path.isAbsolute(answer), answer);
  assert.ok(fs.existsSync(path.join(answer, 'private_lib.py')));
};

const fails = async (expected: RegExp, ...args: Parameters<typeof attempt>): Promise<void> => {
  const answer = await attempt(...args);
  assert.match(answer, expected);
};

const waysOf = (tool: 'uv' | 'pip') => waysFor(index.url, tool);
const fewOf = (tool: 'uv' | 'pip') => waysOf(tool).filter(isAmongFew);

row(
  'The password of an index, in each way in which it can be given',
  'the modules are there, the password is nowhere',
  async (tryCase) => {
    for (const tool of BOTH)
      for (const way of waysOf(tool)) await tryCase(`${tool}, ${way.name}`, () => made(way, { tool }));
  },
);

row(
  'The same, where the index has no such package, refuses the password, or is too slow',
  'the message says what is wrong, without it',
  async (tryCase) => {
    for (const tool of BOTH) {
      for (const way of tool === 'uv' ? waysOf(tool) : fewOf(tool)) {
        const missing = way.requirement?.replace('private_lib', 'no_such_lib') ?? 'no-such-lib==1';
        await tryCase(`${tool}, none, ${way.name}`, () =>
          fails(/no.such.lib|404/, way, { tool, requirement: missing }),
        );
        index.setPassword('of-another-day');
        await tryCase(`${tool}, refused, ${way.name}`, () => fails(/private.lib/, way, { tool }));
        index.setPassword(CANARY);
      }
      const [way] = waysOf(tool);
      if (way === undefined) throw new Error('no way');
      index.stall(true);
      const own = { UV_HTTP_TIMEOUT: '1', PIP_DEFAULT_TIMEOUT: '1' };
      await tryCase(`${tool}, slow`, () => fails(/private.lib/, way, { tool, own }));
      index.stall(false);
    }
  },
);

row(
  'A build or a command that prints all of its variables, also encoded, and fails',
  'the message shows its lines with names in the place of values',
  async (tryCase) => {
    for (const tool of BOTH) {
      for (const way of tool === 'uv' ? waysOf(tool) : fewOf(tool)) {
        await tryCase(`${tool}, build, ${way.name}`, () =>
          // A build is handed no credentials, so that it has none to print.
          fails(/that was all/, way, {
            tool,
            requirement: './lib',
            tree: TELLING_PACKAGE,
          }),
        );
      }
    }
    for (const way of waysOf('uv')) {
      for (const moment of ['before', 'after'] as const) {
        const hooks = { before: [], after: [], [moment]: [TELLING_COMMAND] };
        await tryCase(`${moment}, ${way.name}`, () =>
          fails(/UV_PUBLISH_PASSWORD \$\{UV_PUBLISH_PASSWORD\}[\s\S]*that was all/, way, {
            tool: 'uv',
            changes: { hooks },
          }),
        );
      }
    }
  },
);

/** The command line gives a bundle no variables of its own. */
const ofThisMachine = (): readonly PasswordWay[] => [
  ...waysOf('uv').slice(0, 1),
  ...fewOf('uv').filter(({ given }) => given === undefined),
];

const PYTHON = ['--runtime', '3.11'];

/** A folder of a user's with everything in it, as the command line is told to bundle it. */
const commandLine = (way: PasswordWay, own: Readonly<Record<string, string>> = {}) => {
  const machine = secretMachine({ uv: true }, { ...way.own, ...own }, way.home);
  const cwd = folderOf({ 'fn/index.py': HANDLER, 'fn/requirements.txt': requirementsOf(way) });
  const out = path.join(machine.written, 'out');
  const start = (...args: readonly string[]) =>
    withoutTrace([machine.written], () => cli(args, { ...machine, cwd }), index);
  return { ...machine, cwd, out, start };
};

row(
  'The command line: plan, plan --json, bundle, run; for a log and on a terminal',
  'nothing that it prints or writes has a secret in it',
  async (tryCase) => {
    for (const way of ofThisMachine()) {
      await tryCase(way.name, async () => {
        const { start, out, written, environment, cwd } = commandLine(way);
        assert.is((await start('plan', 'fn', ...PYTHON)).code, 0);
        const { stdout } = await start('plan', 'fn', '--json', ...PYTHON);
        const plan = path.join(written, 'plan.json');
        fs.writeFileSync(plan, stdout);
        const bundled = await start('bundle', 'fn', '--out', `${out}.zip`, ...PYTHON);
        assert.is(bundled.code, 0, bundled.stderr);
        assert.is((await start('run', plan, '--out', out, '--allow-commands')).code, 0);
        assert.ok(fs.existsSync(path.join(out, 'private_lib.py')));
        const drawn = await withoutTrace([written], () =>
          onTerminal(commandOf(['bundle', 'fn', '--out', `${out}2`, ...PYTHON]), { environment, cwd }),
        );
        assert.match(drawn, /out2/);
      });
    }
  },
);

row(
  'The command is killed while its installer waits for the index',
  'what lies in the store has no secret in it',
  async (tryCase) => {
    for (const way of ofThisMachine()) {
      await tryCase(way.name, async () => {
        const { written, environment, cwd, out } = commandLine(way);
        index.stall(true);
        const asked = index.asked();
        const [program = '', ...argv] = commandOf(['bundle', 'fn', '--out', out, ...PYTHON]);
        const child = spawn(program, argv, { cwd, env: environment, stdio: 'ignore', detached: true });
        await withoutTrace(
          [written],
          async () => {
            await asked;
            process.kill(-(child.pid ?? 0), 'SIGKILL');
            await once(child, 'close');
            return fs.readdirSync(folderStore(environment.CDK_LAMBDA_PYTHON_CACHE ?? '').temporaries).length;
          },
          index,
        );
        index.stall(false);
      });
    }
  },
);

row(
  'Files of tools beside the source: .env, .netrc, pip.conf, .aws, .git, keys and what is for pip',
  'none is in a bundle, a layer or a whole build',
  async (tryCase) => {
    const way = { name: '', own: { PIP_INDEX_URL: index.urlWith(encodeURIComponent(CANARY)) } };
    const kinds: Readonly<Record<string, Partial<BundleRequest>>> = {
      folder: {},
      zip: { packaging: 'zip' },
      layer: { kind: 'layer', prefix: 'python' },
      'whole build': { hooks: { before: ['true'], after: [] } },
    };
    for (const [kind, changes] of Object.entries(kinds)) {
      await tryCase(kind, async () => {
        const answer = await attempt(way, { tool: 'uv', tree: SECRET_FILES, changes });
        assert.ok(fs.existsSync(answer), answer);
      });
    }
  },
);

/** Synthesizes an app whose functions are told the password in some way; answers all that was printed. */
const synthesized = (way: PasswordWay, changes: Readonly<Record<string, unknown>> = {}) => {
  const { environment, written } = secretMachine(
    { uv: true },
    { CDK_VALIDATION: 'false', ...way.own },
    way.home,
  );
  const sources = folderOf({ 'index.py': HANDLER, 'requirements.txt': requirementsOf(way) });
  const values = { OTHER: canaryFor('other'), ...way.given };
  const bundling = { executor: 'host', buildArgs: values, environment: values, ...changes };
  const argv = secretApp(sources, path.join(written, 'cdk.out'));
  const input = JSON.stringify(bundling);
  return withoutTrace([written], () => started(argv, { cwd: sources, environment, input }), index);
};

row(
  'cdk synth of functions and layers: made, failed, and with its runner killed',
  'nothing of it is in cdk.out, in a log or in a message',
  async (tryCase) => {
    for (const way of fewOf('uv')) {
      await tryCase(`${way.name}, made`, async () => assert.is((await synthesized(way)).code, 0));
      index.setPassword('of-another-day');
      await tryCase(`${way.name}, refused`, async () =>
        assert.match((await synthesized(way)).stderr, /private-lib/),
      );
      index.setPassword(CANARY);
      const hooks = [TELLING_COMMAND];
      await tryCase(`${way.name}, a hook that tells`, async () =>
        assert.match((await synthesized(way, { hooks })).stderr, /that was all/),
      );
      await tryCase(`${way.name}, killed`, async () =>
        assert.match((await synthesized(way, { hooks: ['kill -9 $PPID'] })).stderr, /SIGKILL/),
      );
    }
  },
);

row(
  'A password where none belongs: options, requirements, locks, plans from elsewhere',
  'neither the plan nor a message nor a warning has it',
  async (tryCase) => {
    for (const [name, said] of Object.entries(SECRET_MESSAGES)) {
      await tryCase(name, () => assert.is(tracesIn(said()).join('\n'), ''));
    }
  },
);

run();
