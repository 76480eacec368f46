import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decodePlan } from '../../src/plan/decode/decode-plan';
import { asJson, file, planned, request, snapshot, SOURCE } from './support/world';

const test = suite('plan: stack.ts and my_handler, nothing else said');

const GOLDEN = {
  version: 1,
  label: 'Stack/my_handler',
  kind: 'function',
  entry: {
    file: '/app/lib/stack.my_handler.py',
    root: '/app/lib',
    path: 'stack_my_handler.py',
  },
  handler: 'stack_my_handler.lambda_handler',
  runtime: {
    name: 'python3.7',
    python: '3.7',
    architecture: 'x86_64',
    glibc: '2.17',
    platformTags: [
      'manylinux_2_17_x86_64',
      'manylinux2014_x86_64',
      'manylinux_2_16_x86_64',
      'manylinux_2_15_x86_64',
      'manylinux_2_14_x86_64',
      'manylinux_2_13_x86_64',
      'manylinux_2_12_x86_64',
      'manylinux2010_x86_64',
      'manylinux_2_11_x86_64',
      'manylinux_2_10_x86_64',
      'manylinux_2_9_x86_64',
      'manylinux_2_8_x86_64',
      'manylinux_2_7_x86_64',
      'manylinux_2_6_x86_64',
      'manylinux_2_5_x86_64',
      'manylinux1_x86_64',
    ],
    source: 'default',
  },
  alsoFor: { architectures: [], runtimes: [] },
  image: 'public.ecr.aws/sam/build-python3.7',
  sources: [
    {
      from: 'data/table.csv',
      path: 'data/table.csv',
      size: 4,
      executable: false,
      digest: '5be08c9684a1d25efcee09318204824278b08bbfb4aef973ffefd0b9d7478313',
    },
    {
      from: 'run.sh',
      path: 'run.sh',
      size: 10,
      executable: true,
      digest: 'a8076d3d28d21e02012b20eaf7dbf75409a6277134439025f282e368e3305abf',
    },
    {
      from: 'stack.my_handler.py',
      path: 'stack_my_handler.py',
      size: 49,
      executable: false,
      digest: '772483c772a467c23197ee3e670b05a4a9bc1a8f25b2f7a3a7d68a622ea95492',
    },
  ],
  install: null,
  dependenciesIn: 'bundle',
  bytecode: {
    mode: 'auto',
    tag: 'cpython-37',
    prefix: '/var/task',
    exclude: ['test', 'tests'],
  },
  output: {
    packaging: 'zip',
    path: '/app/cdk.out/asset.7d21626f040dcfcb10779e1eae9ca8f7e6ce89b07c8861ee86423923d094e118.zip',
    prefix: '.',
    maximumSize: 262144000,
    sbom: false,
  },
  hash: {
    dependencies: null,
    bytecode: null,
    content: '7d21626f040dcfcb10779e1eae9ca8f7e6ce89b07c8861ee86423923d094e118',
    asset: '7d21626f040dcfcb10779e1eae9ca8f7e6ce89b07c8861ee86423923d094e118',
  },
  warnings: [
    {
      _tag: 'DefaultRuntime',
      runtime: 'python3.7',
    },
  ],
};

const plan = planned(
  request(),
  snapshot({
    files: [
      file('stack.my_handler.py', SOURCE),
      file('run.sh', '#!/bin/sh\n', true),
      file('data/table.csv', 'a,b\n'),
    ],
  }),
);

test('it is exactly this, field by field and in this order', () => {
  assert.equal(plan, GOLDEN);
  assert.is(JSON.stringify(plan), JSON.stringify(GOLDEN));
});

test('it can be written down and read', () => {
  assert.equal(decodePlan(asJson(plan)), { _tag: 'Right', right: GOLDEN });
});

test.run();
