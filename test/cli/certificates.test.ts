import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { carryPlan } from '../../src/exec/assembly/carry-plan';
import { planOf, planWith } from '../exec/support/plans';
import { folderOf } from '../exec/support/requests';
import { machine } from '../hostile/machines';
import { MINE } from '../hostile/two-indexes';
import { temporaryFolder, writeTree } from '../support/temporary';
import type { TlsIndex } from '../support/tls-index';
import { tlsIndex } from '../support/tls-index';
import { cli } from './support/command';
import { packages, project, read } from './support/lock-projects';

const test = suite('cli: certificates of package indexes');

let index: TlsIndex;
test.before(async () => {
  index = await tlsIndex(MINE);
});
test.after(() => index.close());

/** A machine that asks the index, and no store of another test. */
const environmentOf = (own: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  machine('uv', {
    UV_DEFAULT_INDEX: index.url,
    UV_HTTP_RETRIES: '0',
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
    ...own,
  });

test('lock: uv trusts what an install trusts', async () => {
  const lock = async (own: NodeJS.ProcessEnv, text = 'corp\n') => {
    const cwd = project({ 'requirements.txt': text });
    const ended = await cli(['lock', '.', '--runtime', '3.13'], { cwd, environment: environmentOf(own) });
    return { ...ended, cwd };
  };
  const refused = await lock({});
  assert.is(refused.code, 1, refused.stderr);
  const other = path.join(temporaryFolder(), 'other.pem');
  fs.writeFileSync(other, '');
  const home = temporaryFolder();
  writeTree(home, { '.config/pip/pip.conf': `[global]\ncert = ${index.authority}\n` });
  for (const [own, text] of [
    [{ PIP_CERT: index.authority }],
    [{ REQUESTS_CA_BUNDLE: index.authority, SSL_CERT_FILE: other }],
    [{ HOME: home }],
    [{ PIP_TRUSTED_HOST: index.host }],
    [{}, `--trusted-host ${index.host}\ncorp\n`],
  ] as readonly (readonly [NodeJS.ProcessEnv, string?])[]) {
    const { code, stderr, cwd } = await lock(own, text);
    assert.is(code, 0, `${JSON.stringify(own)}: ${stderr}`);
    assert.equal(packages(read(cwd)), ['corp 1']);
  }
  const missing = await lock({ PIP_CERT: index.authority, SSL_CERT_FILE: '/nowhere/ca.pem' });
  assert.is(missing.code, 0, missing.stderr);
  assert.match(missing.stderr, 'note: SSL_CERT_FILE names /nowhere/ca.pem, which cannot be read');
});

test('lock: a build of a source distribution gets them too', async () => {
  const other = path.join(temporaryFolder(), 'other.pem');
  fs.writeFileSync(other, '');
  const cwd = project({ 'requirements.txt': 'corp\n' });
  const environment = environmentOf({ PIP_CERT: index.authority, SSL_CERT_FILE: other });
  const { code, stderr } = await cli(['lock', '.', '--runtime', '3.13', '--allow-builds'], {
    cwd,
    environment,
  });
  assert.is(code, 0, stderr);
  assert.equal(packages(read(cwd)), ['corp 1']);
});

test('run: a plan is installed with them', async () => {
  const cwd = temporaryFolder();
  fs.writeFileSync(path.join(cwd, 'plan.json'), JSON.stringify(planWith('corp==1\n')));
  const run = (own: NodeJS.ProcessEnv) =>
    cli(['run', 'plan.json', '--out', 'out'], { cwd, environment: environmentOf(own) });
  const refused = await run({});
  assert.match(refused.stderr, 'its certificate is not trusted here');
  const { code, stderr } = await run({ PIP_CERT: index.authority });
  assert.is(code, 0, stderr);
  assert.is(fs.readFileSync(path.join(cwd, 'out/corp.py'), 'utf8'), 'WHOSE = "mine"\n');
});

test('plan: builds of a bake file get them with the tools', async () => {
  const cwd = temporaryFolder();
  const plan = planOf(folderOf({ 'index.py': '', 'requirements.txt': 'corp==1\n' }), {
    executor: 'auto',
    packaging: 'zip',
    outputDirectory: path.join(cwd, 'cdk.out'),
  });
  assert.is(carryPlan({ plan, variables: [] })._tag, 'Right');
  writeTree(cwd, {
    'cdk.out/Stack.assets.json': JSON.stringify({ files: { [plan.hash.asset]: {} } }),
  });
  const file = path.join(
    cwd,
    'cdk.out/cdk-lambda-python/contexts',
    plan.hash.dependencies ?? '',
    'tools/certificates.pem',
  );
  const bake = (own: NodeJS.ProcessEnv) =>
    cli(['plan', 'cdk.out', '--format', 'bake'], { cwd, environment: environmentOf(own) });
  assert.is((await bake({})).code, 0);
  // The system may have a pip.conf that names its own.
  const authority = fs.readFileSync(index.authority, 'utf8').trim();
  assert.not(fs.existsSync(file) && fs.readFileSync(file, 'utf8').includes(authority));
  const { code, stderr } = await bake({ PIP_CERT: index.authority, SSL_CERT_FILE: '/nowhere/ca.pem' });
  assert.is(code, 0, stderr);
  assert.is(fs.readFileSync(file, 'utf8').trim(), authority);
  assert.match(stderr, 'note: SSL_CERT_FILE names /nowhere/ca.pem, which cannot be read');
});

test.run();
