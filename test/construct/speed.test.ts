import * as fs from 'node:fs';
import * as path from 'node:path';
import type { App } from 'aws-cdk-lib';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BundlingOptions } from '../../src/construct/index';
import { bundlesIn } from '../support/bundles-in';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';
import { functionIn, HANDLER, processesOf, realApp, sources, withEnvironment } from './support/app';

/** What the benchmark measures, counted: which processes a synthesis starts. */
const test = suite('speed, counted');

/** A store, and ten functions with the same requirements in folders of their own. */
const tenFunctions = (bundling: BundlingOptions = {}) => {
  const environment = { ...environmentWith({ uv: true }), CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
  const entries = Array.from({ length: 10 }, (_, index) =>
    sources({ 'index.py': `${HANDLER}# ${index}\n`, 'requirements.txt': 'six==1.17.0\nidna==3.10\n' }),
  );
  const outdir = path.join(temporaryFolder(), 'cdk.out');
  const make = (): App => {
    const app = realApp({}, { outdir });
    const stack = new Stack(app, 'Stack');
    entries.forEach((entry, index) => functionIn(stack, `Fn${index}`, { entry, bundling }));
    return app;
  };
  /** The programs that a synthesis starts. */
  const synth = (): readonly string[] =>
    withEnvironment(environment, () => {
      const app = make();
      return processesOf(() => app.synth()).map(([program]) => path.basename(String(program)));
    });
  return { entries, outdir, make, synth, environment };
};

const assets = (outdir: string): number => bundlesIn(outdir).length;

for (const packaging of ['zip', 'directory'] as const) {
  test(`${packaging}: one process at first, then none, none after cdk.out is deleted, one Python for an edit`, () => {
    const { entries, outdir, synth } = tenFunctions({ packaging });
    assert.equal(synth(), [path.basename(process.execPath)], 'cold');
    assert.is(assets(outdir), 10);
    assert.equal(synth(), [], 'warm');
    fs.rmSync(outdir, { recursive: true });
    assert.equal(synth(), [], 'fresh');
    assert.is(assets(outdir), 10);
    fs.appendFileSync(path.join(entries[3] ?? '', 'index.py'), '# edited\n');
    const edit = synth();
    assert.is(edit.length, 1);
    assert.match(edit[0] ?? '', /^python3(\.\d+)?$/);
    assert.is(assets(outdir), 11);
    assert.equal(synth(), [], 'warm again');
  });
}

test('without byte code an edit starts one Python, which looks whether it is a program, and then nothing', () => {
  const { entries, synth } = tenFunctions({ bytecode: 'off' });
  synth();
  fs.appendFileSync(path.join(entries[3] ?? '', 'index.py'), '# edited\n');
  assert.is(synth().length, 1);
  assert.equal(synth(), []);
});

test('a unit test that makes its template again and again starts nothing', () => {
  const { make, synth, environment } = tenFunctions();
  synth();
  withEnvironment(environment, () => {
    const stack = make().node.findChild('Stack') as Stack;
    const templates = (): unknown => [Template.fromStack(stack), Template.fromStack(stack)];
    assert.equal(processesOf(templates), []);
  });
});

test('one install for ten functions, and none for an edit', () => {
  const { entries, synth, environment } = tenFunctions();
  const installs = (): readonly string[] =>
    fs.readdirSync(path.join(environment.CDK_LAMBDA_PYTHON_CACHE, 'v4/modules'));
  synth();
  assert.is(installs().length, 1);
  const inode = fs.statSync(
    path.join(environment.CDK_LAMBDA_PYTHON_CACHE, 'v4/modules', installs()[0] ?? ''),
  ).ino;
  entries.forEach((entry) => {
    fs.appendFileSync(path.join(entry, 'index.py'), '# edited\n');
  });
  assert.is(synth().length, 1);
  assert.is(installs().length, 1);
  assert.is(
    fs.statSync(path.join(environment.CDK_LAMBDA_PYTHON_CACHE, 'v4/modules', installs()[0] ?? '')).ino,
    inode,
  );
});

test.run();
