import * as fs from 'node:fs';
import * as path from 'node:path';
import type { App } from 'aws-cdk-lib';
import { Stack } from 'aws-cdk-lib';
import { BUNDLING_STACKS } from 'aws-cdk-lib/cx-api';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PythonFunction } from '../../src/construct/index';
import type { BundlingOptions } from '../../src/construct/index';
import { bundlesIn } from '../support/bundles-in';
import { environmentWith } from '../support/python-tools';
import { listTree, temporaryFolder } from '../support/temporary';
import { unpack } from '../support/unpack';
import {
  functionIn,
  HANDLER,
  messageOf,
  processesOf,
  realApp,
  recordingStack,
  sources,
  withEnvironment,
} from './support/app';
import { inLayer, layersIn, planOfLayer, SIX } from './support/layers';

const made = suite('dependencies in a layer: ten functions');

const REQUIREMENTS =
  'requests==2.32.3\ncertifi==2025.1.31\ncharset-normalizer==3.4.1\nidna==3.10\nurllib3==2.3.0\nsix==1.17.0\n';

const tenFunctions = (bundling: BundlingOptions) => {
  const environment = { ...environmentWith({ uv: true }), CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
  const entries = Array.from({ length: 10 }, (_, index) =>
    sources({ 'index.py': `import requests\n${HANDLER}# ${index}\n`, 'requirements.txt': REQUIREMENTS }),
  );
  const outdir = path.join(temporaryFolder(), 'cdk.out');
  const make = (): {
    readonly app: App;
    readonly stack: Stack;
    readonly functions: readonly PythonFunction[];
  } => {
    const app = realApp({}, { outdir });
    const stack = new Stack(app, 'Stack');
    const functions = entries.map((entry, index) =>
      functionIn(stack, `Fn${index}`, { entry, bundling: { dependencies: 'layer', ...bundling } }),
    );
    return { app, stack, functions };
  };
  /** The programs that a synthesis starts. */
  const synth = () => {
    const { app, ...rest } = make();
    const started = withEnvironment(environment, () => processesOf(() => app.synth()));
    return { ...rest, started: started.map(([program]) => path.basename(String(program))) };
  };
  const inStore = (kind: string): number =>
    fs.readdirSync(path.join(environment.CDK_LAMBDA_PYTHON_CACHE, 'v4', kind)).length;
  return { entries, outdir, synth, inStore };
};

const bytesOf = (bundle: string): number =>
  fs.statSync(bundle).isFile()
    ? fs.statSync(bundle).size
    : listTree(bundle).reduce((sum, file) => sum + fs.statSync(path.join(bundle, file.path)).size, 0);

for (const packaging of ['zip', 'directory'] as const) {
  made(
    `${packaging}: one layer and ten assets under 20 kB; an edit makes one of them and installs nothing`,
    () => {
      const { entries, outdir, synth, inStore } = tenFunctions({ packaging });
      const { stack, functions, started } = synth();
      assert.equal(started, [path.basename(process.execPath)], 'one process makes all');
      assert.is(Object.keys(layersIn(stack)).length, 1);
      assert.is(bundlesIn(outdir).length, 11);
      for (const plan of functions.map((fn) => PythonFunction.planOf(fn))) {
        assert.equal(
          listTree(unpack(plan.output.path)).map((file) => file.path),
          ['__pycache__/index.cpython-313.pyc', 'index.py'],
        );
        assert.ok(bytesOf(plan.output.path) < 20_000, `${bytesOf(plan.output.path)} bytes`);
      }
      const layer = planOfLayer(functions[0] as PythonFunction);
      const names = listTree(unpack(layer.output.path)).map((file) => file.path);
      for (const file of ['six.py', 'requests/__init__.py', 'requests/__pycache__/api.cpython-313.pyc'])
        assert.ok(names.includes(`python/${file}`), file);
      assert.equal(
        names.filter((name) => !name.startsWith('python/')),
        [],
      );
      assert.equal([inStore('modules'), inStore('bytecode')], [1, 1]);
      assert.equal(synth().started, [], 'warm');
      fs.appendFileSync(path.join(entries[3] ?? '', 'index.py'), '# edited\n');
      const before = bundlesIn(outdir);
      const edit = synth();
      assert.is(edit.started.length, 1);
      assert.match(edit.started[0] ?? '', /^python3(\.\d+)?$/);
      assert.is(
        PythonFunction.planOf(edit.functions[3] as PythonFunction).output.path.slice(outdir.length + 1),
        bundlesIn(outdir).find((name) => !before.includes(name)),
      );
      assert.is(bundlesIn(outdir).length, 12);
      assert.is(planOfLayer(edit.functions[0] as PythonFunction).output.path, layer.output.path);
      assert.equal([inStore('modules'), inStore('bytecode')], [1, 1]);
      fs.rmSync(outdir, { recursive: true });
      assert.equal(synth().started, [], 'fresh');
      assert.is(bundlesIn(outdir).length, 11);
    },
  );
}

made('an edit of the requirements makes the layer anew, and no function', () => {
  const { entries, outdir, synth } = tenFunctions({ bytecode: 'off' });
  synth();
  const before = bundlesIn(outdir);
  for (const entry of entries) fs.writeFileSync(path.join(entry, 'requirements.txt'), 'six==1.17.0\n');
  const { functions } = synth();
  const added = bundlesIn(outdir).filter((name) => !before.includes(name));
  assert.equal(added, [path.basename(planOfLayer(functions[0] as PythonFunction).output.path)]);
});

made('an install that fails is told once, of the layer', () => {
  const app = realApp();
  const stack = new Stack(app, 'Stack');
  const [fn] = ['A', 'B'].map((id) =>
    inLayer(stack, id, {}, { 'requirements.txt': 'no-such-distribution-here==1\n' }),
  );
  const message = withEnvironment(
    { ...environmentWith({ uv: true }), CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(), UV_OFFLINE: '1' },
    () => messageOf(() => app.synth()),
  );
  const label = fn === undefined ? '' : planOfLayer(fn).label;
  assert.equal(message.match(/^ {2}\[[^\]]*\]/gm), [`  [${label}]`]);
});

made('nothing runs for a stack that CDK does not bundle, and the hashes are the same', () => {
  const entry = sources(SIX);
  const props = { entry };
  const wanted = inLayer(recordingStack(), 'Fn', props);
  const app = realApp({ [BUNDLING_STACKS]: [] });
  const fn = inLayer(new Stack(app, 'Stack'), 'Fn', props);
  assert.equal(
    processesOf(() => app.synth()),
    [],
  );
  assert.equal(
    [PythonFunction.planOf(fn).hash.asset, planOfLayer(fn).hash.asset],
    [PythonFunction.planOf(wanted).hash.asset, planOfLayer(wanted).hash.asset],
  );
  assert.equal(bundlesIn(app.outdir), []);
});

made.run();
