import * as fs from 'node:fs';
import { Stack } from 'aws-cdk-lib';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PythonLayerVersion } from '../../src/construct/index';
import {
  functionIn,
  messageOf,
  nothingInstalled,
  realApp,
  saidOf,
  sources,
  withEnvironment,
} from './support/app';

const test = suite('a function and its layers together');

/** A folder with a file of so many megabytes, none of which is written. */
const large = (name: string, megabytes: number): string => {
  const folder = sources({ [name]: '' });
  fs.truncateSync(`${folder}/${name}`, megabytes * 1024 * 1024);
  return folder;
};

for (const added of [false, true]) {
  test(`each within the limit, and all of them not: told under the function, with what is largest (${added ? 'addLayers' : 'layers'})`, () => {
    const app = realApp();
    const stack = new Stack(app, 'Stack');
    const layers = [100, 90].map(
      (size, index) =>
        new PythonLayerVersion(stack, `Layer${index}`, {
          entry: large(`data${index}.bin`, size),
          compatibleRuntimes: [Runtime.PYTHON_3_13],
          bundling: { bytecode: 'off' },
        }),
    );
    const bundling = { bytecode: 'off' } as const;
    const runtime = Runtime.PYTHON_3_13;
    const fn = functionIn(stack, 'Fn', {
      entry: large('own.bin', 70),
      runtime,
      bundling,
      ...(added ? {} : { layers }),
    });
    if (added) fn.addLayers(...layers);
    functionIn(stack, 'Fits', { entry: sources(), runtime, bundling, layers });
    const message = withEnvironment(nothingInstalled(), () => messageOf(() => app.synth()));
    const lines = message.split('\n').filter((line) => line.includes('['));
    assert.equal(lines.length, 1, message);
    assert.match(
      message,
      /\[Stack\/Fn\] The bundle has 260\.0 MB; Lambda takes at most 250\.0 MB unzipped, layers included\. The largest: data0\.bin \(in the layer Stack\/Layer0\) 100\.0 MB, data1\.bin \(in the layer Stack\/Layer1\) 90\.0 MB, own\.bin 70\.0 MB, /,
    );
  });
}

const EXTENSION = 'pkg/_x.cpython-313-x86_64-linux-gnu.so';

/** What is told of functions for arm64 that name a layer with these files: one in `layers`, one by `addLayers`. */
const onArm = (
  tree: Readonly<Record<string, string>>,
  compatibleArchitectures = [Architecture.X86_64],
): string | undefined => {
  const app = realApp();
  const stack = new Stack(app, 'Stack');
  const layer = new PythonLayerVersion(stack, 'Layer', {
    entry: sources(tree),
    compatibleRuntimes: [Runtime.PYTHON_3_13],
    compatibleArchitectures,
  });
  const runtime = Runtime.PYTHON_3_13;
  functionIn(stack, 'Fits', { runtime, layers: [layer] });
  functionIn(stack, 'Given', { runtime, architecture: Architecture.ARM_64, layers: [layer] });
  functionIn(stack, 'Added', { runtime, architecture: Architecture.ARM_64 }).addLayers(layer);
  return saidOf(app);
};

test('native code of a layer for another architecture is an error, told once', () => {
  assert.is(
    onArm({ [EXTENSION]: '' }),
    'Validation failed with the following errors:\n' +
      `  [Stack/Given] python/${EXTENSION} in the layer Stack/Layer is native code for python3.13 on x86_64, but the function is for python3.13 on arm64. Set the function's \`architecture\` and \`runtime\` to those of the layer, or make a separate layer for the function (\`compatibleArchitectures\`, \`compatibleRuntimes\`).\n` +
      'The same holds for:\n  Stack/Added',
  );
  assert.match(String(onArm({ 'lib/libz.so.1.3': '' })), /python\/lib\/libz\.so\.1\.3 in the layer/);
});

test('an override of `Architectures` counts as the property does', () => {
  const app = realApp();
  const stack = new Stack(app, 'Stack');
  const layer = new PythonLayerVersion(stack, 'Layer', {
    entry: sources({ [EXTENSION]: '' }),
    compatibleRuntimes: [Runtime.PYTHON_3_13],
  });
  const given = { runtime: Runtime.PYTHON_3_13, layers: [layer] };
  const overridden = functionIn(stack, 'Overridden', given);
  (overridden.node.defaultChild as CfnFunction).addPropertyOverride('Architectures', ['arm64']);
  const back = functionIn(stack, 'Back', { ...given, architecture: Architecture.ARM_64 });
  (back.node.defaultChild as CfnFunction).addPropertyOverride('Architectures', ['x86_64']);
  assert.is(
    withEnvironment(nothingInstalled(), () => messageOf(() => app.synth())),
    'Validation failed with the following errors:\n' +
      `  [Stack/Overridden] python/${EXTENSION} in the layer Stack/Layer is native code for python3.13 on x86_64, but the function is for python3.13 on arm64. Set the function's \`architecture\` and \`runtime\` to those of the layer, or make a separate layer for the function (\`compatibleArchitectures\`, \`compatibleRuntimes\`).`,
  );
});

test('native code of the bundle that an override gives another target is an error; a module in Python is not', () => {
  const told = (name: string, property: string, value: unknown): string | undefined => {
    const app = realApp();
    const fn = functionIn(new Stack(app, 'Stack'), 'Fn', {
      entry: sources({ [name]: '' }),
      runtime: Runtime.PYTHON_3_13,
    });
    const resource = fn.node.defaultChild as CfnFunction;
    if (property === 'architectures') resource.architectures = value as string[];
    else resource.addPropertyOverride(property, value);
    return saidOf(app);
  };
  const message = (target: string): string =>
    'Validation failed with the following errors:\n' +
    `  [Stack/Fn] ${EXTENSION} is native code for python3.13 on x86_64, but the template names ${target}: something changed the function after its construction, such as an aspect or \`addPropertyOverride\`. Set \`architecture\` and \`runtime\` of the PythonFunction instead.`;
  assert.is(told(EXTENSION, 'Architectures', ['arm64']), message('python3.13 on arm64'));
  assert.is(told(EXTENSION, 'architectures', ['arm64']), message('python3.13 on arm64'));
  assert.is(told(EXTENSION, 'Runtime', 'python3.12'), message('python3.12 on x86_64'));
  assert.is(told(EXTENSION, 'Architectures', ['x86_64']), undefined);
  assert.is(told(EXTENSION, 'MemorySize', 512), undefined);
  assert.is(told(EXTENSION, 'Runtime', 'provided.al2023'), undefined);
  assert.is(told('pkg/x.py', 'Architectures', ['arm64']), undefined);
});

test('a layer without native code is for every architecture', () => {
  assert.is(onArm({ 'pkg/x.py': '' }), undefined);
  assert.is(onArm({ 'pkg/x.py': '' }, [Architecture.X86_64, Architecture.ARM_64]), undefined);
});

test("an extension of another Python's layer is an error, one for all of them is not", () => {
  const told = (extension: string): string => {
    const app = realApp();
    const stack = new Stack(app, 'Stack');
    const runtime = Runtime.PYTHON_3_12;
    const layer = new PythonLayerVersion(stack, 'Layer', {
      entry: sources({ [extension]: '' }),
      compatibleRuntimes: [Runtime.PYTHON_3_13],
    });
    // CDK refuses a layer that does not name the runtime; who says that it does is not believed.
    Object.assign(layer, { compatibleRuntimes: [runtime] });
    functionIn(stack, 'Fn', { runtime, layers: [layer] });
    return saidOf(app) ?? '';
  };
  assert.match(
    told(EXTENSION),
    /\[Stack\/Fn\] python\/pkg\/_x\.cpython-313-x86_64-linux-gnu\.so in the layer Stack\/Layer is native code for python3\.13 on x86_64, but the function is for python3\.12 on x86_64\. /,
  );
  assert.is(told('pkg/_x.abi3.so'), '');
});

test.run();
