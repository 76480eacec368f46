import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { ExecutionReport } from '../../src/exec/batch/execution-report';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { DockerRequest } from '../../src/plan/request/bundle-request';
import { planWith } from '../exec/support/plans';
import { execute } from '../support/bundle-file';
import { dockerSkipReason } from '../support/docker';
import type { PrivateIndex } from '../support/private-index';
import { filesWith, privateIndex, watchingArguments } from '../support/private-index';
import { environmentWith } from '../support/python-tools';
import { sourceDistributionBytes } from '../support/sdist';
import { temporaryFolder } from '../support/temporary';

const test = suite('a private index, from a container');

const SECRET = 't0ken/of+the=day';

let index: PrivateIndex;
test.before(async () => {
  index = await privateIndex();
  index.setPassword(SECRET);
});
test.after(() => index.close());

const dockerTest = (name: string, body: () => Promise<void>): void =>
  test(name, async () => {
    const reason = dockerSkipReason('public.ecr.aws/sam/build-python3.11');
    if (reason === undefined) await body();
    else console.log(`SKIPPED: ${reason}`);
  });

const plan = (requirement: string, docker: Partial<DockerRequest> = {}): BundlePlan =>
  planWith(requirement, {
    executor: 'docker',
    docker: { environment: [], volumes: [], network: 'host', ...docker },
  });

const machine = (uv: boolean) => {
  const folder = temporaryFolder();
  const own = Object.entries(environmentWith({ uv, docker: true }));
  return {
    folder,
    environment: {
      ...Object.fromEntries(own.filter(([name]) => !/^(PIP|UV)_/.test(name))),
      CDK_LAMBDA_PYTHON_CACHE: path.join(folder, 'store'),
      HOME: folder,
    },
  };
};

/** Makes a bundle, and looks for the secret wherever something may have been left. */
const runSecretly = async (
  wanted: BundlePlan,
  { folder, environment }: ReturnType<typeof machine>,
  values: Readonly<Record<string, string>>,
): Promise<ExecutionReport['outcome']> => {
  const [[report], argv] = await watchingArguments(() => execute([wanted], environment, values));
  if (report === undefined) throw new Error('no report');
  assert.match(argv, /asset-tools\/install\.py/);
  for (const secret of [SECRET, encodeURIComponent(SECRET)]) {
    assert.not.ok(argv.includes(secret), 'arguments');
    assert.not.ok(JSON.stringify([wanted, report]).includes(secret), 'plan and report');
    assert.equal(
      filesWith(folder, secret).filter((file) => path.basename(file) !== '.netrc'),
      [],
    );
    if (report.outcome._tag === 'Bundled') assert.equal(filesWith(report.outcome.path, secret), []);
  }
  return report.outcome;
};

const assertBundled = (outcome: ExecutionReport['outcome']): void => {
  if (outcome._tag !== 'Bundled') throw new Error(JSON.stringify(outcome));
  assert.ok(fs.existsSync(path.join(outcome.path, 'private_lib.py')));
};

for (const fileAccess of ['bind', 'copy'] as const) {
  dockerTest(`${fileAccess}: a password in a variable, by its name alone`, async () => {
    const url = index.urlWith(encodeURIComponent(SECRET));
    for (const name of ['PIP_INDEX_URL', 'UV_DEFAULT_INDEX']) {
      const wanted = plan('private-lib==1\n', { fileAccess, environment: [name] });
      assertBundled(await runSecretly(wanted, machine(name.startsWith('UV')), { [name]: url }));
    }
  });

  dockerTest(
    `${fileAccess}: pip's index of the bundle comes before what this machine has for uv`,
    async () => {
      const here = machine(true);
      const environment = { ...here.environment, UV_DEFAULT_INDEX: 'http://127.0.0.1:1/simple' };
      const values = { PIP_INDEX_URL: index.urlWith(encodeURIComponent(SECRET)) };
      assertBundled(
        await runSecretly(plan('private-lib==1\n', { fileAccess }), { ...here, environment }, values),
      );
    },
  );

  dockerTest(`${fileAccess}: a netrc file, for pip and for uv`, async () => {
    for (const uv of [false, true]) {
      const here = machine(uv);
      const netrc = path.join(here.folder, '.netrc');
      fs.writeFileSync(netrc, `machine 127.0.0.1 login aws password ${SECRET}\n`, { mode: 0o600 });
      const wanted = plan('private-lib==1\n', { fileAccess });
      const name = uv ? 'UV_DEFAULT_INDEX' : 'PIP_INDEX_URL';
      assertBundled(await runSecretly(wanted, here, { [name]: index.url }));
      assert.is(fs.statSync(netrc).mode & 0o777, 0o600);
    }
  });

  dockerTest(`${fileAccess}: what a build requires, for pip and for uv`, async () => {
    const code = 'import private_lib';
    const content = sourceDistributionBytes({ name: 'built', code, requires: ['private-lib'] });
    index.add('built', 'built-1.tar.gz', content);
    for (const uv of [false, true]) {
      const url = index.urlWith(encodeURIComponent(SECRET));
      const wanted = plan('private-lib==1\nbuilt==1\n', { fileAccess });
      assertBundled(
        await runSecretly(wanted, machine(uv), { [uv ? 'UV_DEFAULT_INDEX' : 'PIP_INDEX_URL']: url }),
      );
    }
  });

  dockerTest(`${fileAccess}: a failing install does not tell the password`, async () => {
    const wanted = plan('no-such-lib==1\n', { fileAccess });
    const values = { PIP_INDEX_URL: index.urlWith(encodeURIComponent(SECRET)) };
    const outcome = await runSecretly(wanted, machine(false), values);
    if (outcome._tag !== 'Failed') throw new Error('it was made');
    assert.match(showExecutionError(outcome.error), /no-such-lib/);
  });
}

test.run();
