import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { planWith } from '../exec/support/plans';
import { buildxSkipReason } from '../support/buildx-client';
import { buildxMachine, errorOf, madeBy } from '../support/buildx-machine';
import { listTree } from '../support/temporary';

const test = suite("BuildKit: commands of the user's, their variables and their user");

const IMAGE = 'public.ecr.aws/sam/build-python3.11';

const buildxTest = (name: string, body: () => Promise<void>): void =>
  test(name, async () => {
    const reason = buildxSkipReason(IMAGE);
    if (reason === undefined) await body();
    else console.log(`SKIPPED: ${reason}`);
  });

type Docker = Partial<BundleRequest['docker']>;

/** The builder has seen no build with this, so that it runs. */
const SALT = `${Date.now()}-${process.pid}`;

const planFor = (docker: Docker, changes: Partial<BundleRequest> = {}): BundlePlan =>
  planWith(`# ${SALT}\n`, {
    executor: 'buildkit',
    docker: { environment: [], volumes: [], ...docker },
    ...changes,
  });

const made = async (plan: BundlePlan, values: Readonly<Record<string, string>> = {}): Promise<string> => {
  assert.is(madeBy(await buildxMachine().run(plan, values)), 'buildkit');
  return plan.output.path;
};

const fails = async (plan: BundlePlan) => errorOf(await buildxMachine().run(plan));

const shell = (script: string): Pick<Docker, 'command'> => ({ command: ['bash', '-c', script] });

buildxTest('a command of the user in place of all, with an entrypoint or without one', async () => {
  const copy = 'cp index.py /asset-output && echo made > made.txt && cp made.txt /asset-output';
  for (const docker of [
    { entrypoint: null, ...shell(copy) },
    { entrypoint: ['bash'], command: ['-c', copy] },
  ]) {
    const folder = await made(planFor(docker));
    assert.equal(
      listTree(folder).map((file) => file.path),
      ['index.py', 'made.txt'],
    );
  }
});

const hooks = (before: readonly string[], after: readonly string[] = []): Partial<BundleRequest> => ({
  hooks: { before, after },
});

buildxTest('a failing hook is told with its own output, as after a container', async () => {
  assert.equal(await fails(planFor({}, hooks(['echo one; echo "#5 0.1 two"', 'exit 3']))), {
    _tag: 'HookFailed',
    hook: 'beforeBundling',
    exit: 'exit code 3',
    output: 'one\n#5 0.1 two',
  });
  assert.equal(await fails(planFor({}, hooks([], ['echo after', 'kill -9 $$']))), {
    _tag: 'HookFailed',
    hook: 'afterBundling',
    exit: 'exit code 137 (signal SIGKILL)',
    output: 'after',
  });
  assert.equal(await fails(planFor(shell('cp index.py /asset-output; echo command; exit 4'))), {
    _tag: 'HookFailed',
    hook: 'command',
    exit: 'exit code 4',
    output: 'command',
  });
});

buildxTest('of a hook that prints more than a builder keeps, the last words are told', async () => {
  const lines = 'python3 -c "for i in range(60000): print(i, 60 * chr(46))"';
  const error = await fails(planFor({}, hooks([lines, 'echo the last words', 'exit 3'])));
  if (error._tag !== 'HookFailed') throw new Error(showExecutionError(error));
  assert.equal([error.hook, error.exit], ['beforeBundling', 'exit code 3']);
  assert.match(error.output, /the last words$/);
});

/** Ends all processes of this machine whose arguments begin like this, as the kernel does where there is no memory. */
const killed = (...argv: readonly string[]): number =>
  fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const isIt = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(`${argv.join('\0')}\0`);
        return isIt && process.kill(Number(pid), 'SIGKILL');
      } catch {
        return false; // It has ended, or it is not ours.
      }
    }).length;

buildxTest('a command that is killed', async () => {
  if (process.getuid?.() !== 0) return console.log("SKIPPED: only root can kill the engine's processes");
  const command = ['sleep', `61.${process.pid}`];
  const build = fails(planFor({ entrypoint: null, command }));
  for (const deadline = Date.now() + 60_000; killed(...command) === 0;) {
    assert.ok(Date.now() < deadline, 'it never ran');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.equal(await build, { _tag: 'ContainerKilled', image: IMAGE, output: '' });
});

buildxTest('a command that is not in the image', async () => {
  const missing = await fails(planFor({ command: ['no-such-command'] }));
  if (missing._tag !== 'HookFailed') throw new Error(showExecutionError(missing));
  assert.equal([missing.hook, missing.exit], ['command', 'exit code 127']);
  assert.match(missing.output, /^\/asset-tools\/run\.sh: .*no-such-command: not found$/);
});

/** Values that a shell or a Dockerfile would change on their way; a shell takes line breaks from the end. */
const VALUES: Readonly<Record<string, string>> = {
  SPACES: '  a  b ',
  QUOTES: `it's "quoted" \\" \\'`,
  DOLLAR: '$HOME ${PATH} $(echo no) `echo no` $$',
  LINES: 'one\ntwo\n\nthree',
  EMPTY: '',
  COMMA: 'a,b=c,src=/etc/passwd',
  UMLAUT: 'grün ✓',
};

buildxTest('variables arrive as they are, and none but those that are handed over', async () => {
  const script = `cp index.py /asset-output; python3 -c 'import json, os; print(json.dumps(dict(os.environ)))' > /asset-output/seen.json`;
  const plan = planFor({ ...shell(script), environment: [...Object.keys(VALUES), 'UNSET'] });
  const folder = await made(plan, { ...VALUES, ENDING: 'x' });
  const seen = JSON.parse(fs.readFileSync(path.join(folder, 'seen.json'), 'utf8')) as Record<string, string>;
  assert.equal(Object.fromEntries(Object.keys(VALUES).map((name) => [name, seen[name]])), VALUES);
  assert.is(seen['HOME'], '/tmp');
  for (const name of ['UNSET', 'ENDING', 'DOCKER_CONFIG', 'secret']) assert.not.ok(name in seen, name);
});

buildxTest('a variable loses the line breaks at its end', async () => {
  const script = `cp index.py /asset-output; printf '%s' "$LINE" > /asset-output/line.txt`;
  const folder = await made(planFor({ ...shell(script), environment: ['LINE'] }), { LINE: 'text\n\n' });
  assert.is(fs.readFileSync(path.join(folder, 'line.txt'), 'utf8'), 'text');
});

buildxTest('who installs: nobody with rights, unless it is asked for', async () => {
  const script = `cp index.py /asset-output; (id -u; id -g; stat -c '%u %g' index.py; touch made-here /asset-cache/used && echo writes) > /asset-output/id.txt`;
  for (const [user, expected] of [
    [undefined, '1000\n1000\n1000 1000\nwrites\n'],
    ['0:0', '0\n0\n0 0\nwrites\n'],
    ['root', '0\n0\n0 0\nwrites\n'],
    ['nobody', /^(\d+)\n\d+\n\1 \d+\nwrites\n$/],
  ] as const) {
    const folder = await made(planFor({ ...shell(script), ...(user === undefined ? {} : { user }) }));
    const said = fs.readFileSync(path.join(folder, 'id.txt'), 'utf8');
    if (typeof expected === 'string') assert.is(said, expected);
    else assert.match(said, expected);
    const owners = listTree(folder).map((file) => fs.statSync(path.join(folder, file.path)).uid);
    assert.equal([...new Set(owners)], [process.getuid?.()], `owner of the bundle of ${user}`);
  }
});

buildxTest('a named user of the image installs', async () => {
  const plan = planWith(`# ${SALT}\nsix==1.16.0\n`, {
    executor: 'buildkit',
    docker: { environment: [], volumes: [], user: 'nobody' },
  });
  assert.ok(fs.existsSync(path.join(await made(plan), 'six.py')));
});

test.run();
