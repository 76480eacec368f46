import * as fs from 'node:fs';
import * as path from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { isLeft } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runBatch } from '../../../src/exec/batch/batch';
import { makeBundle } from '../../../src/exec/bundle/make-bundle';
import { liveWorld } from '../../../src/exec/batch/live-world';
import type { Part } from '../../../src/exec/store/part';
import { treeOf } from '../../../src/exec/store/part';
import { isPresent } from '../../../src/exec/bundle/bundle-is-current';
import { sbomText } from '../../../src/exec/bundle/sbom';
import { sbomPath } from '../../../src/exec/bundle/sbom-path';
import { settleBundles } from '../../../src/exec/batch/settle';
import { DEFAULT_INDEX } from '../../../src/plan/packaging/requirement/package-indexes';
import { environmentWith } from '../../support/python-tools';
import { temporaryFolder } from '../../support/temporary';
import { namesOf, planWith } from '../support/plans';
import { newStore, putPart } from '../support/stores';

const test = suite('the bill of materials');

interface Bom {
  readonly components: readonly Readonly<Record<string, unknown>>[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
  readonly metadata: { readonly component: Readonly<Record<string, unknown>> };
}

const assertValid = async (text: string): Promise<void> => {
  assert.is(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text), null);
};

const HASHED = `six==1.17.0 --hash=sha256:${'a'.repeat(64)} --hash=sha256:${'b'.repeat(64)}\n`;

const MODULES = {
  'six.py': 'six',
  'six-1.17.0.dist-info/METADATA': 'Name: six\nVersion: 1.17.0\nLicense: MIT\n\nText\n',
  'Odd_Name-2.dist-info/METADATA':
    'Name: Odd_Name\nVersion: 2+cpu\nLicense-Expression: MIT OR Apache-2.0\nRequires-Dist: six\n\n',
  'none-1.dist-info/METADATA':
    'Name: none\nVersion: 1\nClassifier: License :: OSI Approved :: BSD License\n\n',
};

const planned = (text = HASHED, changes: Parameters<typeof planWith>[1] = {}) =>
  planWith(text, { sbom: true, packaging: 'zip', ...changes });

const textOf = (plan: ReturnType<typeof planned>, modules: Part): string => {
  const made = sbomText(plan, modules);
  if (isLeft(made) || made.right === undefined) throw new Error(JSON.stringify(made));
  return made.right;
};

test('what was installed: names, versions, licences, package URLs, allowed files, relations; valid by its schema', async () => {
  const modules = await putPart(newStore(), 'modules', MODULES);
  const plan = planned();
  const text = textOf(plan, modules);
  await assertValid(text);
  const { components, dependencies, metadata } = JSON.parse(text) as Bom;
  assert.equal(
    components.map(({ name, version, purl, licenses }) => [name, version, purl, licenses]),
    [
      ['none', '1', 'pkg:pypi/none@1', [{ license: { name: 'BSD License' } }]],
      ['Odd_Name', '2+cpu', 'pkg:pypi/odd-name@2+cpu', [{ expression: 'MIT OR Apache-2.0' }]],
      ['six', '1.17.0', 'pkg:pypi/six@1.17.0', [{ license: { id: 'MIT' } }]],
    ],
  );
  assert.equal(
    components[2]?.['externalReferences'],
    ['a', 'b'].map((digit) => ({
      url: 'pkg:pypi/six@1.17.0',
      type: 'distribution',
      hashes: [{ alg: 'SHA-256', content: digit.repeat(64) }],
      comment: 'a file that the lock allows',
    })),
  );
  assert.equal(dependencies, [
    { ref: 'lambda-function', dependsOn: ['pkg:pypi/none@1', 'pkg:pypi/odd-name@2+cpu'] },
    { ref: 'pkg:pypi/none@1' },
    { ref: 'pkg:pypi/odd-name@2+cpu', dependsOn: ['pkg:pypi/six@1.17.0'] },
    { ref: 'pkg:pypi/six@1.17.0' },
  ]);
  assert.equal(metadata.component, {
    type: 'application',
    name: 'lambda-function',
    'bom-ref': 'lambda-function',
    version: plan.hash.content,
    properties: [
      { name: 'cdk-lambda-python:architecture', value: 'x86_64' },
      { name: 'cdk-lambda-python:asset', value: plan.hash.asset },
      { name: 'cdk-lambda-python:runtime', value: 'python3.11' },
    ],
  });
});

test('neither time nor place: the same plan gives the same bytes', async () => {
  const texts: string[] = [];
  for (const label of ['A', 'B']) {
    texts.push(textOf(planned(HASHED, { label }), await putPart(newStore(), 'modules', MODULES)));
  }
  assert.is(texts[0], texts[1]);
  assert.not.match(texts[0] ?? '', /serialNumber|timestamp|\/tmp/);
});

test('nothing installed: a list without components, valid as well', async () => {
  const made = sbomText(planned('# nothing\n'), null);
  if (isLeft(made) || made.right === undefined) throw new Error('no bill');
  await assertValid(made.right);
  assert.is((JSON.parse(made.right) as Bom).components.length, 0);
});

test('modules that are not what the store says of them are not described', async () => {
  const modules = await putPart(newStore(), 'modules', MODULES, 'modules', { zip: false, tree: true });
  const file = path.join(treeOf(modules), 'six-1.17.0.dist-info/METADATA');
  fs.appendFileSync(file, ' ');
  assert.equal(sbomText(planned(), modules), { _tag: 'Left', left: { _tag: 'StoreChanged', path: file } });
});

test('where a power cut has emptied the METADATA of a tree, the zip of the part has it', async () => {
  const plan = planned();
  const before = textOf(plan, await putPart(newStore(), 'modules', MODULES));
  const modules = await putPart(newStore(), 'modules', MODULES);
  fs.truncateSync(path.join(treeOf(modules), 'six-1.17.0.dist-info/METADATA'));
  assert.is(textOf(plan, modules), before);
});

const PLACES = { environment: { PATH: '' }, platform: 'linux' } as const;

for (const packaging of ['zip', 'directory'] as const) {
  test(`${packaging}: it lies beside the bundle, a bundle without it is none, and nothing else changes`, async () => {
    const store = newStore();
    const plan = planned(HASHED, { packaging });
    await putPart(store, { key: plan.hash.dependencies ?? '' }, MODULES);
    const without = { ...plan, output: { ...plan.output, sbom: false } };
    const outcome = (one: typeof plan): string | undefined => {
      const item = { plan: one, environment: {} };
      return settleBundles(store, PLACES, [item], () => undefined).get(item)?._tag;
    };
    assert.is(outcome(without), 'Bundled');
    assert.equal(fs.readdirSync(path.dirname(plan.output.path)), namesOf(plan));
    assert.not(isPresent(plan));
    assert.is(outcome(plan), 'Bundled');
    assert.is(outcome(plan), 'Present');
    assert.equal(
      fs.readdirSync(path.dirname(plan.output.path)),
      [...namesOf(plan), path.basename(sbomPath(plan.output.path))].sort(),
    );
    fs.rmSync(path.dirname(plan.output.path), { recursive: true });
    assert.is(outcome(plan), 'Bundled', 'from the finished zip');
    assert.ok(isPresent(plan));
    assert.is(outcome(without), 'Present');
  });
}

test('under a hash of the user’s choice, one of other content does not stay', async () => {
  const store = newStore();
  const modules = await putPart(store, 'modules', MODULES);
  const plan = planned(HASHED, { assetHash: 'mine' });
  makeBundle(store, plan, { modules, bytecode: null });
  assert.ok(fs.existsSync(sbomPath(plan.output.path)));
  const without = { ...plan, output: { ...plan.output, sbom: false } };
  makeBundle(store, without, { modules, bytecode: null });
  assert.not(fs.existsSync(sbomPath(plan.output.path)));
});

test('a real install: relations of what uv has taken from an index', async () => {
  const environment = { ...environmentWith({ uv: true }), CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
  const plan = planned('python-dateutil==2.9.0.post0\nidna==3.10\n', { packaging: 'directory' });
  const [report] = await runBatch(await liveWorld(environment), [{ plan, environment: {} }]);
  assert.is(report?.outcome._tag, 'Bundled', JSON.stringify(report));
  const text = fs.readFileSync(sbomPath(plan.output.path), 'utf8');
  await assertValid(text);
  const { components, dependencies } = JSON.parse(text) as Bom;
  const six = `pkg:pypi/six@${String(components[2]?.['version'])}`;
  assert.equal(dependencies, [
    { ref: 'lambda-function', dependsOn: ['pkg:pypi/idna@3.10', 'pkg:pypi/python-dateutil@2.9.0.post0'] },
    { ref: 'pkg:pypi/idna@3.10' },
    { ref: 'pkg:pypi/python-dateutil@2.9.0.post0', dependsOn: [six] },
    { ref: six },
  ]);
  assert.not.match(text, new RegExp(new URL(DEFAULT_INDEX).hostname));
});

test.run();
