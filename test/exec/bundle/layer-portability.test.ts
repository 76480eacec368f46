import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { survey } from '../../../src/exec/survey/survey';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import { plan } from '../../../src/plan/plan';
import { temporaryFolder } from '../../support/temporary';
import { machine } from '../support/layer-plans';
import { folderOf, requestFor } from '../support/requests';

const targets = suite('layers for more than one target');

const layerFor = (
  alsoFor: BundleRequest['alsoFor'],
  tree: Readonly<Record<string, string>> = {},
): BundlePlan => {
  const folder = folderOf({ 'a.py': '', 'requirements.txt': 'six\n', ...tree });
  const request = requestFor(folder, {
    kind: 'layer',
    prefix: 'python',
    packaging: 'zip',
    outputDirectory: path.join(temporaryFolder(), 'cdk.out'),
    ...(alsoFor === undefined ? {} : { alsoFor }),
  });
  const planned = plan(request, survey(request)());
  if (E.isLeft(planned)) throw new Error(JSON.stringify(planned.left));
  return planned.right;
};

const ARM = { architectures: ['arm64'], runtimes: [] } as const;
const OLDER = { architectures: [], runtimes: ['python3.10'] } as const;

targets('native code is for one architecture, and an extension may be for one Python', async () => {
  const of = (file: string) => machine({ 'six.py': '', [file]: '' });
  const refusal = (file: string, others: string): string =>
    `${file} is native code for python3.11 on x86_64, but the layer is declared for ${others} as well. Make a layer for each, or name only one in \`compatibleArchitectures\` and \`compatibleRuntimes\`.`;
  const extension = '_x.cpython-311-x86_64-linux-gnu.so';
  assert.equal(await of(extension).run(layerFor(ARM)), [refusal(extension, 'arm64')]);
  assert.equal(await of(extension).run(layerFor(OLDER)), [refusal(extension, 'python3.10')]);
  assert.equal(await of(extension).run(layerFor(undefined)), ['host']);
  assert.equal(await of('x.libs/libz.so.1.3').run(layerFor(ARM)), [refusal('x.libs/libz.so.1.3', 'arm64')]);
  assert.equal(await of('_x.abi3.so').run(layerFor(OLDER)), ['host']);
  assert.equal(await of('_x.abi3.so').run(layerFor(ARM)), [refusal('_x.abi3.so', 'arm64')]);
  assert.equal(await of('x.py').run(layerFor({ ...ARM, ...OLDER, architectures: ['arm64'] })), ['host']);
  assert.equal(await of('x.py').run(layerFor(ARM, { 'own.so': '' })), [refusal('own.so', 'arm64')]);
});

targets('a bundle of before, for fewer of them, is not taken for one', async () => {
  const { run, settle: settled } = machine({ '_x.abi3.so': '' });
  const one = layerFor(undefined);
  await run(one);
  const folder = one.entry.root;
  const request = requestFor(folder, {
    kind: 'layer',
    prefix: 'python',
    packaging: 'zip',
    outputDirectory: path.dirname(one.output.path),
    alsoFor: ARM,
  });
  const both = plan(request, survey(request)());
  assert.equal(E.isLeft(both) ? [] : settled(both.right), ['left']);
});

targets.run();
