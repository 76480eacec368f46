import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bundlesIn } from '../support/bundles-in';
import type { Ended } from '../support/consumer';
import { repository, run, succeeded } from '../support/consumer';
import { environmentWith } from '../support/python-tools';
import type { TreeFile } from '../support/temporary';
import { listTree, temporaryFolder } from '../support/temporary';
import { unpack } from '../support/unpack';

const test = suite('cdk synth');

/** A copy of the example app, beside the packages that it needs: this one as it was last built, and its tools. */
const exampleApp = (): string => {
  const folder = temporaryFolder('cdk synth, 100% ');
  const app = path.join(folder, 'app');
  const modules = path.join(folder, 'node_modules');
  fs.cpSync(path.join(repository, 'examples/app'), app, {
    recursive: true,
    filter: (file) => path.basename(file) !== 'cdk.out',
  });
  fs.mkdirSync(modules);
  fs.symlinkSync(repository, path.join(modules, 'cdk-lambda-python'));
  for (const name of ['aws-cdk-lib', 'constructs', 'tsx', '.bin']) {
    fs.symlinkSync(path.join(repository, 'node_modules', name), path.join(modules, name));
  }
  return app;
};

const cdk = (app: string, argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<Ended> => {
  const command = path.join(repository, 'node_modules/aws-cdk/bin/cdk');
  const quiet = ['--no-notices', '--no-version-reporting', '--no-color'];
  return run(process.execPath, [command, ...argv, ...quiet], app, {
    ...environment,
    PATH: `${npx}:${environment['PATH']}`,
    CI: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    HOME: path.dirname(app),
  });
};

const outputOf = (app: string): string => path.join(app, 'cdk.out');

const bundledFiles = (app: string): readonly TreeFile[] =>
  listTree(outputOf(app)).filter((file) => file.path.startsWith('asset.'));

/** Where the bundle of a function is, by its handler in the template. */
const bundleOf = (app: string, handler: string): string => {
  interface Template {
    readonly Resources: Readonly<
      Record<
        string,
        { readonly Properties?: { readonly Handler?: string; readonly Code?: { readonly S3Key: string } } }
      >
    >;
  }
  const file = path.join(outputOf(app), 'Greeting.template.json');
  const { Resources } = JSON.parse(fs.readFileSync(file, 'utf8')) as Template;
  const found = Object.values(Resources).find(({ Properties }) => Properties?.Handler === handler);
  return path.join(outputOf(app), `asset.${found?.Properties?.Code?.S3Key}`);
};

/** What lies at the top of a bundle, but for byte code: this machine may have a Python to make it, or none. */
const modulesIn = (bundle: string): readonly string[] =>
  fs
    .readdirSync(unpack(bundle))
    .filter((name) => name !== '__pycache__')
    .sort();

/** A folder with the `npx` that the example's cdk.json asks for; it starts what the package's own folder has. */
const npxFolder = (): string => {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const npx = folders.map((folder) => path.join(folder, 'npx')).find((file) => fs.existsSync(file));
  if (npx === undefined) throw new Error('this test needs npx on the PATH');
  const folder = temporaryFolder();
  fs.symlinkSync(fs.realpathSync(npx), path.join(folder, 'npx'));
  return folder;
};

let app: string;
let store: string;
let npx: string;
test.before(() => {
  app = exampleApp();
  store = temporaryFolder();
  npx = npxFolder();
});
const withPip = (): NodeJS.ProcessEnv => ({
  ...environmentWith({ pip: true }),
  CDK_LAMBDA_PYTHON_CACHE: store,
});
/** Neither an installer nor a container engine, nor CDK's own check of templates, which takes most of a synthesis. */
const withNothing = (): NodeJS.ProcessEnv => ({
  ...environmentWith({}),
  CDK_LAMBDA_PYTHON_CACHE: store,
  CDK_DOCKER: '/nonexistent/docker',
  CDK_VALIDATION: 'false',
});

test('cdk ls installs nothing and makes nothing', async () => {
  assert.is(await succeeded(cdk(app, ['ls'], withNothing())), 'Greeting\n');
  assert.equal(bundlesIn(outputOf(app)), []);
  assert.equal(fs.readdirSync(store), []);
});

test('it makes the bundles, and from then on needs no installer', async () => {
  await succeeded(cdk(app, ['synth', '--quiet'], withPip()));
  assert.is(bundlesIn(outputOf(app)).length, 3);
  assert.equal(modulesIn(bundleOf(app, 'stack_hello.lambda_handler')), ['stack_hello.py']);
  assert.equal(modulesIn(bundleOf(app, 'stack_table.lambda_handler')), [
    'stack_table.py',
    'tabulate',
    'tabulate-0.9.0.dist-info',
  ]);
  const slugs = modulesIn(bundleOf(app, 'slugs.make_slug'));
  assert.equal(
    slugs.filter((name) => !name.endsWith('.dist-info')),
    ['slugify', 'slugs.py', 'text_unidecode', 'unidecode'],
  );
  const before = bundledFiles(app);
  fs.rmSync(outputOf(app), { recursive: true });
  await succeeded(cdk(app, ['synth', '--quiet'], withNothing()));
  assert.equal(bundledFiles(app), before);
});

test('verify takes the whole of cdk.out, and names the file in which one byte was changed', async () => {
  const cli = (...argv: readonly string[]): Promise<Ended> =>
    run(process.execPath, [path.join(repository, 'lib/cli/main.js'), ...argv], app, withNothing());
  const whole = await cli('verify', 'cdk.out');
  assert.is(whole.status, 0, whole.stderr);
  assert.is(whole.stdout.match(/, as made$/gm)?.length, 3);
  const bundle = bundleOf(app, 'stack_hello.lambda_handler');
  const before = fs.readFileSync(bundle);
  const changed = Buffer.from(before);
  const at = before.indexOf('stack_hello.py') + 'stack_hello.py'.length + 10;
  changed.writeUInt8(before.readUInt8(at) ^ 1, at);
  fs.rmSync(bundle);
  fs.writeFileSync(bundle, changed);
  const { status, stdout, stderr } = await cli('verify', 'cdk.out');
  assert.is(status, 1);
  assert.match(
    stdout,
    /^cdk\.out\/asset\.[0-9a-f]{64}\.zip: 1 changed\n {2}changed {2}stack_hello\.py: (has other bytes|cannot be unpacked)$/m,
  );
  assert.is(stderr, 'error: 1 bundle of 3 not as made\n');
  await succeeded(cdk(app, ['synth', '--quiet'], withNothing()));
  assert.is((await cli('verify', 'cdk.out')).status, 0, 'the next synthesis has made it anew');
});

test('requirements that cannot be installed are told under the construct, and the bundles stay', async () => {
  const [files, folders] = [bundledFiles(app), bundlesIn(outputOf(app))];
  fs.writeFileSync(
    path.join(app, 'functions/requirements.txt'),
    'cdk-lambda-python-has-no-such-package==1.0\n',
  );
  const { status, stderr } = await cdk(app, ['synth', '--quiet'], withPip());
  assert.is(status, 1);
  assert.match(
    stderr,
    /\[Greeting\/Slugs\] No package index that was asked has cdk-lambda-python-has-no-such-package==1\.0 for /,
  );
  assert.match(stderr, /No matching distribution found for cdk-lambda-python-has-no-such-package==1\.0\n/);
  assert.equal(bundlesIn(outputOf(app)), folders);
  assert.equal(bundledFiles(app), files);
  const hidden = fs.readdirSync(outputOf(app)).filter((name) => name.startsWith('.'));
  assert.equal(hidden, []);
});

test.run();
