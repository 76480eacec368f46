import * as fs from 'node:fs';
import * as path from 'node:path';
import type { App } from 'aws-cdk-lib';
import { Stack } from 'aws-cdk-lib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PythonFunction } from '../../src/construct/index';
import { manifestPath } from '../../src/exec/bundle/bundle-manifest';
import { sbomPath } from '../../src/exec/bundle/sbom-path';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';
import { functionIn, messageOf, realApp, sources, withEnvironment } from './support/app';
import { inLayer, planOfLayer, SIX } from './support/layers';

const test = suite('what lies beside a bundle in the cloud assembly');

const environment = { ...environmentWith({ uv: true }), CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };

const synth = (app: App): string => withEnvironment(environment, () => app.synth()).directory;

const components = (bundle: string): readonly string[] =>
  (
    JSON.parse(fs.readFileSync(sbomPath(bundle), 'utf8')) as {
      readonly components: readonly { readonly purl: string }[];
    }
  ).components.map(({ purl }) => purl);

for (const packaging of ['zip', 'directory'] as const) {
  test(`${packaging}: a manifest and, on request, a bill of materials, which neither a template nor a list of assets names`, () => {
    const app = realApp();
    const stack = new Stack(app, 'Stack');
    const fn = functionIn(stack, 'Fn', { entry: sources(SIX), bundling: { packaging, sbom: true } });
    const assembly = synth(app);
    assert.equal(components(PythonFunction.planOf(fn).output.path), ['pkg:pypi/six@1.17.0']);
    const names = [manifestPath, sbomPath].map((of) =>
      path.basename(of(PythonFunction.planOf(fn).output.path)),
    );
    for (const name of names) assert.ok(fs.existsSync(path.join(assembly, name)), name);
    const lists = fs.readdirSync(assembly).filter((name) => name.endsWith('.json') && !names.includes(name));
    assert.ok(lists.includes('Stack.template.json') && lists.includes('Stack.assets.json'), lists.join());
    for (const list of lists) {
      const text = fs.readFileSync(path.join(assembly, list), 'utf8');
      for (const name of names) assert.not.ok(text.includes(name), `${name} in ${list}`);
    }
  });
}

test('functions that share a bundle have it where one of them asks for it', () => {
  const app = realApp();
  const stack = new Stack(app, 'Stack');
  const entry = sources(SIX);
  const [first] = [false, true, false].map((sbom, index) =>
    PythonFunction.planOf(functionIn(stack, `Fn${index}`, { entry, bundling: { sbom } })),
  );
  synth(app);
  assert.equal(components(first?.output.path ?? ''), ['pkg:pypi/six@1.17.0']);
});

for (const order of [
  [true, false],
  [false, true],
]) {
  test(`of modules in a layer, the layer has it, whichever function asks: ${order.join(', ')}`, () => {
    const app = realApp();
    const stack = new Stack(app, 'Stack');
    const functions = order.map((sbom, index) =>
      inLayer(stack, `Fn${index}`, { bundling: { sbom } }, { ...SIX, 'data.txt': String(index) }),
    );
    synth(app);
    const [one] = functions;
    if (one === undefined) throw new Error('no function');
    assert.equal(components(planOfLayer(one).output.path), ['pkg:pypi/six@1.17.0']);
    for (const fn of functions) assert.not(fs.existsSync(sbomPath(PythonFunction.planOf(fn).output.path)));
  });
}

test('what is neither true nor false is told', () => {
  const app = realApp();
  functionIn(new Stack(app, 'Stack'), 'Fn', { bundling: { sbom: 'no' as unknown as boolean } });
  assert.match(
    messageOf(() => app.synth()),
    /`bundling\.sbom` is "no", but must be true or false\./,
  );
});

test.run();
