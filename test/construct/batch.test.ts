import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { App } from 'aws-cdk-lib';
import { NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { BUNDLING_STACKS } from 'aws-cdk-lib/cx-api';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PythonFunction } from '../../src/construct/index';
import { bundlesIn } from '../support/bundles-in';
import { environmentWith } from '../support/python-tools';
import { listTree, temporaryFolder } from '../support/temporary';
import { unpack } from '../support/unpack';
import {
  functionIn,
  HANDLER,
  messageOf,
  nothingInstalled,
  processesOf,
  realApp,
  sources,
  withEnvironment,
} from './support/app';

const synthesis = suite('batch: one process a synthesis');

interface Made {
  readonly app: App;
  readonly stack: Stack;
  readonly functions: readonly PythonFunction[];
}

/** An app with two stages, three stacks and five functions, of which four are different. */
const makeApp = (outdir = path.join(temporaryFolder(), 'cdk.out')): Made => {
  const app = realApp({}, { outdir });
  const stack = new Stack(app, 'Stack');
  const stages = ['One', 'Two'].map((id) => new Stack(new Stage(app, id), 'Stack'));
  const entries = ['A', 'B', 'C', 'D', 'D'].map((text) => sources({ 'data.txt': text }));
  const scopes = [stack, stack, stages[0], stages[1], stages[1]] as Stack[];
  return {
    app,
    stack,
    functions: scopes.map((scope, i) => functionIn(scope, `Fn${i}`, { entry: entries[i] as string })),
  };
};

const hashesOf = (functions: readonly PythonFunction[]): readonly string[] =>
  [...new Set(functions.map((fn) => path.basename(PythonFunction.planOf(fn).output.path)))].sort();

synthesis(
  'nothing runs in a constructor, a Python is looked for and compiles all handlers, and then none is started again',
  () => {
    withEnvironment(nothingInstalled(), () => {
      let made = makeApp();
      const { outdir } = made.app;
      assert.equal(
        processesOf(() => (made = makeApp(outdir))),
        [],
      );
      assert.equal(bundlesIn(outdir), []);
      const started = processesOf(() => made.app.synth());
      assert.equal(
        started.map(([program]) => /^python3/.test(path.basename(String(program)))),
        [true, true],
      );
      assert.equal(bundlesIn(outdir), hashesOf(made.functions));
      assert.is(hashesOf(made.functions).length, 4);
      const before = fs.statSync(path.join(outdir, bundlesIn(outdir)[0] as string)).ctimeMs;
      const again = processesOf(() => {
        made.app.synth({ force: true });
        Template.fromStack(made.stack);
        const other = makeApp(outdir);
        Template.fromStack(other.stack);
        Template.fromStack(other.stack);
      });
      assert.equal(again, []);
      assert.equal(bundlesIn(outdir), hashesOf(made.functions));
      assert.is(fs.statSync(path.join(outdir, bundlesIn(outdir)[0] as string)).ctimeMs, before);
      assert.equal(
        fs.readdirSync(outdir).filter((name) => name.startsWith('.')),
        [],
      );
    });
  },
);

synthesis('a bundle holds the sources under the names that the handler asks for', () => {
  const app = realApp();
  const entry = sources({
    'stack.fn.py': HANDLER,
    'index.py': '',
    'a.b.py': '',
    'data/x.txt': 'x',
    'stack.ts': '',
    'cdk.json': '{}',
  });
  const fn = functionIn(new Stack(app, 'Stack'), 'Fn', {
    entry: path.join(entry, 'stack.fn.py'),
    bundling: { bytecode: 'off' },
  });
  withEnvironment(nothingInstalled(), () => app.synth());
  const files = listTree(unpack(PythonFunction.planOf(fn).output.path)).map(({ path: file, mode }) => [
    file,
    mode,
  ]);
  assert.equal(files, [
    ['data/x.txt', '644'],
    ['index.py', '644'],
    ['stack_fn.py', '644'],
  ]);
});

synthesis('what is added after a synthesis is made in the next', () => {
  withEnvironment(nothingInstalled(), () => {
    const app = realApp();
    const stage = new Stage(app, 'Stage');
    functionIn(new Stack(stage, 'Stack'), 'Fn');
    assert.is(processesOf(() => stage.synth()).length, 2);
    const later = functionIn(new Stack(app, 'Later'), 'Fn', { entry: sources({ 'later.txt': '' }) });
    assert.equal(
      processesOf(() => app.synth()),
      [],
    );
    assert.ok(fs.existsSync(PythonFunction.planOf(later).output.path));
  });
});

synthesis('a function that was taken out of the app is not made, nor missed', () => {
  for (const skipValidation of [false, true]) {
    const app = realApp();
    const stack = new Stack(app, 'Stack');
    const good = functionIn(stack, 'Good');
    functionIn(stack, 'Fn', { entry: sources({ 'data.txt': '' }) });
    functionIn(stack, 'Missing', { entry: '/no/such/file.py' });
    functionIn(new Stack(new Stage(app, 'Stage'), 'Stack'), 'Missing', { entry: '/no/such/file.py' });
    stack.node.tryRemoveChild('Fn');
    stack.node.tryRemoveChild('Missing');
    app.node.tryRemoveChild('Stage');
    withEnvironment(nothingInstalled(), () => app.synth({ skipValidation }));
    assert.equal(bundlesIn(app.outdir), hashesOf([good]));
  }
});

synthesis('a function that is taken out after it failed is not told of any more', () => {
  const app = realApp();
  const stack = new Stack(app, 'Stack');
  functionIn(stack, 'Good');
  functionIn(stack, 'Missing', { entry: '/no/such/file.py' });
  withEnvironment(nothingInstalled(), () => {
    messageOf(() => app.synth());
    stack.node.tryRemoveChild('Missing');
    app.synth({ skipValidation: true });
  });
});

/** Stands for a container engine's client: leaves in the output what it was given. */
const ENGINE = `#!/bin/sh
for argument in "$@"; do
  case "$argument" in
    *target=/asset-output*) output=\${argument#*source=}; output=\${output%%,*} ;;
  esac
done
mkdir "$output/seen"
printf '%s' "$TOKEN" > "$output/seen/token"
printf '%s\\n' "$@" > "$output/seen/argv"
`;

synthesis('values for the build container reach it, and are in no plan', () => {
  const folder = temporaryFolder();
  const engine = path.join(folder, 'engine');
  fs.writeFileSync(engine, ENGINE, { mode: 0o755 });
  const app = realApp();
  const plan = PythonFunction.planOf(
    functionIn(new Stack(app, 'Stack'), 'Fn', {
      entry: sources({ 'requirements.txt': 'six==1.17.0\n' }),
      bundling: { executor: 'docker', environment: { TOKEN: 'not for the plan' } },
    }),
  );
  const { PATH } = environmentWith({});
  withEnvironment({ ...nothingInstalled(), PATH, CDK_DOCKER: engine }, () => app.synth());
  const seen = (name: string): string =>
    fs.readFileSync(path.join(unpack(plan.output.path), 'seen', name), 'utf8');
  assert.is(seen('token'), 'not for the plan');
  assert.ok(seen('argv').split('\n').includes('TOKEN'));
  assert.not.match(seen('argv') + JSON.stringify(plan), 'not for the plan');
});

const skipping = suite('batch: stacks that CDK does not bundle');

skipping('nothing runs, nothing is copied, and the hash is the same', () => {
  const entry = sources();
  const hash = PythonFunction.planOf(functionIn(new Stack(realApp(), 'Stack'), 'Fn', { entry })).hash.asset;
  for (const skipValidation of [false, true]) {
    const app = realApp({ [BUNDLING_STACKS]: [] });
    const stack = new Stack(app, 'Stack');
    functionIn(stack, 'Fn', { entry });
    assert.equal(
      processesOf(() => app.synth({ skipValidation })),
      [],
    );
    assert.equal(bundlesIn(app.outdir), []);
    const { Code } = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'))[0]?.[
      'Properties'
    ] as {
      Code: { S3Key: string };
    };
    assert.is(Code.S3Key, `${hash}.zip`);
  }
});

skipping('only the named stacks are bundled, and what is nested in them', () => {
  const app = realApp({ [BUNDLING_STACKS]: ['Wanted', 'Stage/Wanted'] });
  const stage = new Stage(app, 'Stage');
  let text = 0;
  const make = (scope: Stack): PythonFunction =>
    functionIn(scope, 'Fn', { entry: sources({ 'data.txt': String(++text) }) });
  const wanted = [new Stack(app, 'Wanted'), new Stack(stage, 'Wanted')];
  const nested = ['Nested', 'Older'].map((id) => new NestedStack(wanted[0] as Stack, id));
  // As in CDK 2.200.
  Object.defineProperty(nested[1], 'bundlingRequired', { value: false });
  const functions = [...wanted, ...nested].map(make);
  [new Stack(app, 'Other'), new Stack(stage, 'Other')].map(make);
  withEnvironment(nothingInstalled(), () => app.synth());
  assert.equal(bundlesIn(app.outdir), hashesOf(functions));
});

const process_ = suite('batch: what the app’s own process loads');

process_('neither zx nor what else only the runner needs', () => {
  const program = path.join(__dirname, 'fixtures/programs/modules.ts');
  const outdir = path.join(temporaryFolder(), 'cdk.out');
  const output = execFileSync(
    process.execPath,
    ['-r', require.resolve('tsx/cjs'), program, sources(), outdir],
    {
      encoding: 'utf8',
      env: { ...process.env, ...nothingInstalled() },
    },
  );
  const { packages, modules } = JSON.parse(output) as {
    packages: readonly string[];
    modules: readonly string[];
  };
  assert.is(bundlesIn(outdir).length, 1);
  for (const name of ['zx', 'commander', 'log-update', '@lezer/python', '@cyclonedx/cyclonedx-library'])
    assert.not.ok(packages.includes(name), name);
  for (const name of ['fp-ts', 'io-ts', 'aws-cdk-lib']) assert.ok(packages.includes(name), name);
  const rooms = modules.flatMap((file) => /[\\/]src[\\/]exec[\\/](.*)\.ts$/.exec(file)?.[1] ?? []);
  for (const name of ['shell', 'live', 'batch', 'runner']) assert.not.ok(rooms.includes(name), name);
});

for (const part of [synthesis, skipping, process_]) part.run();
