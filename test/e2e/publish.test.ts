import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Ended } from '../support/consumer';
import { repository, run, succeeded } from '../support/consumer';
import { invoke } from '../support/invoke';
import type { LocalAws } from '../support/local-aws';
import { ACCOUNT, REGION, startLocalAws } from '../support/local-aws';
import { environmentWith, findPython, runWith } from '../support/python-tools';
import { temporaryFolder, writeTree } from '../support/temporary';

const test = suite('publish: the CDK CLI and a local S3');

const BUCKET = `cdk-hnb659fds-assets-${ACCOUNT}-${REGION}`;
const FUNCTIONS = ['one', 'two', 'three'];

const handler = (name: string): string =>
  `import six\n\n\ndef lambda_handler(event, context):\n    return ["${name}", six.__version__]\n`;

const STACK = `
import { App, Stack } from 'aws-cdk-lib';
import { PythonFunction, Runtime } from 'cdk-lambda-python';
const stack = new Stack(new App(), 'Stack');
for (const entry of ${JSON.stringify(FUNCTIONS)}) {
  new PythonFunction(stack, entry, { entry: \`\${entry}/index.py\`, runtime: Runtime.PYTHON_3_11 });
}
`;

/** A project of a user's whose app publishes late, and an \`npx\` that leaves a line for each bundle that it is asked for. */
const project = (): string => {
  const folder = temporaryFolder('publish, 100% ');
  writeTree(folder, {
    'app/stack.ts': STACK,
    'app/cdk.json': JSON.stringify({
      // `npx tsx` takes twice the processor time, and how an app is started is not tested here.
      app: `node --require ${JSON.stringify(require.resolve('tsx/cjs'))} stack.ts`,
      context: { 'cdk-lambda-python:phase': 'publish' },
    }),
    ...Object.fromEntries(
      FUNCTIONS.flatMap((name) => [
        [`app/${name}/index.py`, handler(name)],
        [`app/${name}/requirements.txt`, 'six==1.16.0\n'],
      ]),
    ),
  });
  const modules = path.join(folder, 'node_modules');
  fs.mkdirSync(path.join(modules, '.bin'), { recursive: true });
  const link = (target: string, name: string): void => {
    fs.symlinkSync(path.join(repository, target), path.join(modules, name));
  };
  link('.', 'cdk-lambda-python');
  for (const name of ['aws-cdk-lib', 'constructs', 'tsx', '.bin/tsx']) link(`node_modules/${name}`, name);
  writeTree(modules, {
    '.bin/cdk-lambda-python': `#!/bin/sh\necho "$2" >> '${folder}/commands'\nexec node '${repository}/lib/cli/main.js' "$@"\n`,
  });
  fs.chmodSync(path.join(modules, '.bin/cdk-lambda-python'), 0o755);
  return folder;
};

const npxFolder = (): string => {
  const npx = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, 'npx'))
    .find((file) => fs.existsSync(file));
  if (npx === undefined) throw new Error('this test needs npx on the PATH');
  const folder = temporaryFolder();
  fs.symlinkSync(fs.realpathSync(npx), path.join(folder, 'npx'));
  return folder;
};

let aws: LocalAws;
let folder: string;
let tools: NodeJS.ProcessEnv;

test.before(async () => {
  aws = await startLocalAws();
  folder = project();
  const environment = environmentWith({ uv: true });
  tools = {
    ...environment,
    ...aws.environment,
    PATH: `${npxFolder()}:${environment['PATH']}`,
    CDK_LAMBDA_PYTHON_CACHE: path.join(folder, 'store'),
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    // CDK's own check of templates takes most of a synthesis.
    CDK_VALIDATION: 'false',
    CI: 'true',
    HOME: folder,
  };
  await succeeded(cdk(['bootstrap', `aws://${ACCOUNT}/${REGION}`]));
});
test.after(() => aws.stop());

const cdk = (argv: readonly string[], environment: NodeJS.ProcessEnv = tools): Promise<Ended> =>
  run(
    process.execPath,
    [path.join(repository, 'node_modules/aws-cdk/bin/cdk'), ...argv, '--no-notices', '--no-color'],
    path.join(folder, 'app'),
    environment,
  );

const publish = (...argv: readonly string[]): Promise<Ended> =>
  cdk(['publish-assets', '--unstable=publish-assets', ...argv]);

/** The plans whose bundles were asked for since the last look. */
const commands = (): readonly string[] => {
  const file = path.join(folder, 'commands');
  if (!fs.existsSync(file)) return [];
  const lines = fs.readFileSync(file, 'utf8').trim().split('\n');
  fs.rmSync(file);
  return lines;
};

/** The object that a function's code is taken from, by its handler's folder. */
const keyOf = (name: string): string => {
  const file = path.join(folder, 'app/cdk.out/Stack.template.json');
  const { Resources } = JSON.parse(fs.readFileSync(file, 'utf8')) as {
    readonly Resources: Readonly<
      Record<
        string,
        { readonly Type: string; readonly Properties?: { readonly Code?: { readonly S3Key: string } } }
      >
    >;
  };
  const found = Object.entries(Resources).find(
    ([id, { Type }]) => Type === 'AWS::Lambda::Function' && id.startsWith(name),
  );
  return found?.[1].Properties?.Code?.S3Key ?? '';
};

const called = async (name: string): Promise<unknown> => {
  const zip = path.join(temporaryFolder(), 'code.zip');
  fs.writeFileSync(zip, await aws.object(BUCKET, keyOf(name)));
  return invoke(zip, 'index.lambda_handler', {}, { python: findPython('3.11') ?? '' });
};

const objects = async (): Promise<readonly string[]> =>
  (await aws.keys(BUCKET)).filter((key) => !key.endsWith('.json'));

test('the synthesis makes no bundle', async () => {
  await succeeded(cdk(['synth', '--quiet']));
  const names = fs.readdirSync(path.join(folder, 'app/cdk.out'));
  assert.equal(
    names.filter((name) => name.startsWith('asset.')),
    [],
  );
  assert.not(fs.existsSync(path.join(folder, 'store/v2/modules')));
  assert.equal(commands(), []);
});

test('the first publish makes each bundle, and the object runs', async () => {
  await succeeded(publish());
  const keys = FUNCTIONS.map(keyOf).sort();
  assert.equal(
    [...commands()].sort(),
    keys.map((key) => `cdk.out/cdk-lambda-python/${key}.json`),
  );
  assert.equal(await objects(), keys);
  for (const name of FUNCTIONS) {
    assert.equal(await called(name), { ok: true, payload: [name, '1.16.0'] });
  }
});

test('the second runs no command, on a fresh machine either', async () => {
  fs.rmSync(path.join(folder, 'store'), { recursive: true });
  fs.rmSync(path.join(folder, 'app/cdk.out'), { recursive: true });
  await succeeded(publish());
  assert.equal(commands(), []);
  assert.not(fs.existsSync(path.join(folder, 'store/v2/modules')));
});

test('an edit makes one', async () => {
  const before = await objects();
  writeTree(folder, { 'app/two/index.py': handler('edited') });
  await succeeded(publish());
  assert.equal(commands(), [`cdk.out/cdk-lambda-python/${keyOf('two')}.json`]);
  assert.equal(await objects(), [...before, keyOf('two')].sort());
  assert.equal(await called('two'), { ok: true, payload: ['edited', '1.16.0'] });
});

test('an assembly that was carried to another machine, without the sources', async () => {
  writeTree(folder, { 'app/three/index.py': handler('carried') });
  await succeeded(cdk(['synth', '--quiet']));
  const key = keyOf('three');
  fs.renameSync(path.join(folder, 'app/three'), path.join(folder, 'gone'));
  fs.rmSync(path.join(folder, 'store'), { recursive: true, force: true });
  await succeeded(publish('--app', 'cdk.out'));
  assert.equal(commands(), [`cdk.out/cdk-lambda-python/${key}.json`]);
  assert.equal(await called('three'), { ok: true, payload: ['carried', '1.16.0'] });
  fs.renameSync(path.join(folder, 'gone'), path.join(folder, 'app/three'));
});

test('a plan of a newer version of this library: nothing is published, and it says so', async () => {
  writeTree(folder, { 'app/two/index.py': handler('newer') });
  await succeeded(cdk(['synth', '--quiet']));
  const before = await objects();
  const file = path.join(folder, 'app/cdk.out/cdk-lambda-python', `${keyOf('two')}.json`);
  const carried = JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly plan: object };
  fs.writeFileSync(file, JSON.stringify({ ...carried, plan: { ...carried.plan, version: 2 } }));
  const { status, stderr, stdout } = await publish('--app', 'cdk.out');
  assert.is(status, 1);
  assert.match(stdout + stderr, /a newer version of cdk-lambda-python/);
  assert.equal(await objects(), before);
});

test('an assembly whose files were changed: nothing is published, and it says which', async () => {
  writeTree(folder, { 'app/one/index.py': handler('first') });
  await succeeded(cdk(['synth', '--quiet']));
  const before = await objects();
  const files = path.join(folder, 'app/cdk.out/cdk-lambda-python/files');
  for (const name of fs.readdirSync(files)) fs.appendFileSync(path.join(files, name), '# changed\n');
  const { status, stderr, stdout } = await publish('--app', 'cdk.out');
  assert.is(status, 1);
  assert.match(stdout + stderr, `copies of ${path.join(folder, 'app/one/index.py')}`);
  assert.equal(await objects(), before);
});

runWith(test, '3.11');
