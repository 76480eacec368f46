import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { ExecutionReport } from '../../src/exec/batch/execution-report';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { execute } from '../support/bundle-file';
import type { PrivateIndex } from '../support/private-index';
import { filesWith, privateIndex, watchingArguments } from '../support/private-index';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';
import { planWith } from './support/plans';

const test = suite('a private index, from the host');

const FIRST = 'first-t0ken/with+signs=';
const SECOND = 'second-t0ken-of-the-day';

let index: PrivateIndex;
test.before(async () => {
  index = await privateIndex();
});
test.after(() => index.close());

const plan = (requirement: string, environment: readonly string[] = ['PIP_INDEX_URL']): BundlePlan =>
  planWith(requirement, { executor: 'host', docker: { environment, volumes: [] } });

/** Everything that an install writes to is in this folder: store, caches of the tools, temporaries, bundles. */
const machine = (tools: 'uv' | 'pip', more: NodeJS.ProcessEnv = {}) => {
  const folder = temporaryFolder();
  return {
    folder,
    environment: {
      ...Object.fromEntries(
        Object.entries(environmentWith({ [tools]: true })).filter(([name]) => !/^(PIP|UV)_/.test(name)),
      ),
      CDK_LAMBDA_PYTHON_CACHE: path.join(folder, 'store'),
      UV_CACHE_DIR: path.join(folder, 'uv'),
      PIP_CACHE_DIR: path.join(folder, 'pip'),
      HOME: folder,
      ...more,
    },
  };
};

type Outcome = ExecutionReport['outcome'];

const run = async (
  wanted: BundlePlan,
  environment: NodeJS.ProcessEnv,
  values: Readonly<Record<string, string>>,
): Promise<Outcome> => {
  const [report] = await execute([wanted], environment, values);
  if (report === undefined) throw new Error('no report');
  return report.outcome;
};

const assertBundled = (outcome: Outcome): void => {
  if (outcome._tag !== 'Bundled') throw new Error(JSON.stringify(outcome));
  assert.ok(fs.existsSync(path.join(outcome.path, 'private_lib.py')));
};

const encoded = encodeURIComponent;

for (const tool of ['uv', 'pip'] as const) {
  test(`${tool}: a password in the bundle's PIP_INDEX_URL opens it, and is nowhere afterwards`, async () => {
    index.setPassword(FIRST);
    const { folder, environment } = machine(tool);
    const wanted = plan('private-lib==1\n');
    const values = { PIP_INDEX_URL: index.urlWith(encoded(FIRST)) };
    const [outcome, argv] = await watchingArguments(() => run(wanted, environment, values));
    assertBundled(outcome);
    assert.match(argv, /install\0/);
    for (const secret of [FIRST, encoded(FIRST)]) {
      assert.not.ok(argv.includes(secret), 'arguments');
      assert.not.ok(JSON.stringify([wanted, outcome]).includes(secret), 'plan and report');
      assert.equal(filesWith(folder, secret), []);
      assert.equal(filesWith(wanted.output.path, secret), []);
    }
  });

  test(`${tool}: another password changes no hash`, async () => {
    index.setPassword(SECOND);
    const values = { PIP_INDEX_URL: index.urlWith(SECOND) };
    const [before, after] = [plan('private-lib==1\n'), plan('private-lib==1\n')];
    assert.equal(after.hash, before.hash);
    assertBundled(await run(after, machine(tool).environment, values));
  });

  test(`${tool}: an extra index, a variable of this machine, and a netrc file`, async () => {
    index.setPassword(SECOND);
    const elsewhere = index.urlWith(SECOND).replace('/simple', '/nothing-is-here');
    const indexes = {
      PIP_INDEX_URL: elsewhere,
      PIP_EXTRA_INDEX_URL: ` ${index.urlWith(SECOND)}\n`,
      // pip alone cannot ask indexes in an order.
      UV_INDEX_STRATEGY: 'unsafe-best-match',
    };
    const wanted = (): BundlePlan => plan('private-lib==1\n', []);
    assertBundled(await run(wanted(), machine(tool).environment, indexes));
    assertBundled(await run(wanted(), machine(tool, indexes).environment, {}));
    const home = machine(tool, { PIP_INDEX_URL: index.url });
    fs.writeFileSync(path.join(home.folder, '.netrc'), `machine 127.0.0.1 login aws password ${SECOND}\n`, {
      mode: 0o600,
    });
    assertBundled(await run(wanted(), home.environment, {}));
  });

  test(`${tool}: what this machine has for uv does not come before what the bundle has for pip`, async () => {
    index.setPassword(SECOND);
    const own = { UV_DEFAULT_INDEX: 'http://127.0.0.1:1/simple', UV_INDEX: 'http://127.0.0.1:1/other' };
    const values = { PIP_INDEX_URL: index.urlWith(SECOND) };
    assertBundled(await run(plan('private-lib==1\n'), machine(tool, own).environment, values));
  });

  test(`${tool}: a failing install does not tell the password either`, async () => {
    index.setPassword(FIRST);
    const { folder, environment } = machine(tool);
    for (const [requirement, password] of [
      ['no-such-lib==1\n', FIRST],
      ['private-lib==1\n', 'a-password-of-yesterday'],
      ['private-lib @ https://${TOKEN}@127.0.0.1:1/private_lib-1-py3-none-any.whl\n', FIRST],
    ] as const) {
      const outcome = await run(plan(requirement, ['PIP_INDEX_URL', 'TOKEN']), environment, {
        PIP_INDEX_URL: index.urlWith(encoded(password)),
        TOKEN: 'a-t0ken-in-a-url',
      });
      if (outcome._tag !== 'Failed') throw new Error('it was made');
      const said = showExecutionError(outcome.error);
      assert.match(said, /private.lib|no-such-lib/);
      for (const secret of [password, encoded(password), 'a-t0ken-in-a-url']) {
        assert.not.ok(said.includes(secret), said);
        assert.equal(filesWith(folder, secret), []);
      }
    }
  });
}

test.run();
