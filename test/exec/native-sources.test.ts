import * as fs from 'node:fs';
import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { survey } from '../../src/exec/survey/survey';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { decodePlan } from '../../src/plan/decode/decode-plan';
import { plan } from '../../src/plan/plan';
import { execute } from '../support/bundle-file';
import { elfFor } from '../support/native';
import { environmentWith } from '../support/python-tools';
import { planOf } from './support/plans';
import { folderOf, HANDLER, requestFor, surveyOf } from './support/requests';

const test = suite("native code among the user's own files, on the disk");

const [X86, ARM] = [elfFor('x86_64'), elfFor('aarch64')];
const NATIVE_ARM = { machine: 'aarch64', bits: 64, glibcMinor: 0 };

/** The first file of an entry that never runs, as `path: needs`. */
const refused = (root: string, changes: Partial<BundleRequest> = {}): readonly string[] => {
  const request = requestFor(path.join(root, 'fn'), {
    definingFiles: [path.join(root, 'fn/stack.ts')],
    ...changes,
  });
  const planned = plan(request, survey(request)());
  return isLeft(planned)
    ? planned.left.map((error) =>
        error._tag === 'ForeignSource'
          ? `${error.path} (${error.included ?? 'own'}): ${error.needs}`
          : error._tag,
      )
    : [];
};

test('only what has the name of a library, or is executable, is looked at', () => {
  const root = folderOf({
    'fn/index.py': HANDLER,
    'fn/firmware.bin': ARM,
    'fn/libz.so': ARM,
    'fn/text.so': 'INPUT(libz.so.1)\n',
    'fn/bin/tool': ARM,
    'fn/bin/run': '#!/bin/sh\n',
    'fn/bin/probe.o': elfFor('bpf'),
  });
  for (const name of ['tool', 'run']) fs.chmodSync(path.join(root, 'fn/bin', name), 0o755);
  const { files } = surveyOf(path.join(root, 'fn'));
  assert.equal(
    files.flatMap(({ path: file, native }) => (native === undefined ? [] : [[file, native]])),
    [
      ['bin/tool', NATIVE_ARM],
      ['libz.so', NATIVE_ARM],
    ],
  );
});

test('it is an error in an entry, in a layer and in what is included; excluded, it is none', () => {
  const root = folderOf({
    'fn/index.py': HANDLER,
    'fn/libz.so': ARM,
    'layer/a.py': '',
    'layer/liby.so': ARM,
    'shared/libx.so': ARM,
  });
  const layer = {
    kind: 'layer',
    prefix: 'python',
    entry: { _tag: 'ByPath', path: path.join(root, 'layer'), index: 'index.py' },
  } as const;
  assert.equal(refused(root), ['libz.so (own): aarch64']);
  assert.equal(refused(root, { architecture: 'arm64' }), []);
  assert.equal(refused(root, layer), ['liby.so (own): aarch64']);
  const exclude = ['libz.so'];
  assert.equal(refused(root, { exclude }), []);
  const include = [{ from: '../shared', to: 'lib' }];
  assert.equal(refused(root, { exclude, include }), [
    `lib/libx.so (${path.join(root, 'shared/libx.so')}): aarch64`,
  ]);
  assert.equal(refused(root, { exclude, include: [{ from: '../shared/libx.so', to: 'lib/x.so' }] }), [
    `lib/x.so (${path.join(root, 'shared/libx.so')}): aarch64`,
  ]);
  assert.equal(refused(root, { exclude: ['*.so'], include }), []);
});

test('what the store and the output have for another target does not hide it', async () => {
  const root = folderOf({ 'fn/index.py': HANDLER, 'fn/libz.so': ARM });
  const made = planOf(path.join(root, 'fn'), { architecture: 'arm64' });
  const [report] = await execute([made], {
    ...environmentWith({}),
    CDK_LAMBDA_PYTHON_CACHE: path.join(root, 'store'),
  });
  assert.is(report?.outcome._tag, 'Bundled');
  assert.equal(refused(root), ['libz.so (own): aarch64']);
});

test('a plan says nothing of it', () => {
  const root = folderOf({ 'fn/index.py': HANDLER, 'shared/libx.so': X86 });
  const made = planOf(path.join(root, 'fn'), {
    definingFiles: [path.join(root, 'fn/stack.ts')],
    include: [{ from: '../shared', to: 'lib' }],
  });
  assert.equal(decodePlan(JSON.parse(JSON.stringify(made))), { _tag: 'Right', right: made });
});

test.run();
