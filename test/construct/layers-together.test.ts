import * as fs from 'node:fs';
import { Stack } from 'aws-cdk-lib';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PythonLayerVersion } from '../../src/construct/index';
import { functionIn, messageOf, nothingInstalled, realApp, sources, withEnvironment } from './app';

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

test.run();
