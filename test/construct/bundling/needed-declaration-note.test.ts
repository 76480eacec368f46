import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { tellNeeded } from '../../../src/construct/bundling/needed-declaration-note';
import { dependencyRequest } from '../../../src/construct/request/dependency-request';

const test = suite('what is told of a declaration further up');

test('one line for each declaration of an app', () => {
  const lines: string[] = [];
  const write = process.stderr.write.bind(process.stderr);
  process.stderr.write = ((text: string) => lines.push(text) > 0) as typeof process.stderr.write;
  try {
    const stack = new Stack(new App(), 'S');
    const root = path.resolve('/app/lambda/orders');
    const entry = { root, path: 'orders.py', source: '' };
    const needed = {
      declaration: path.resolve('/app/uv.lock'),
      file: 'orders.py',
      line: 1,
      module: 'requests',
    };
    for (const label of ['Orders', 'Other']) tellNeeded(stack, label, { entry, needed });
    tellNeeded(stack, 'Third', { entry });
  } finally {
    process.stderr.write = write;
  }
  assert.equal(lines, [
    'cdk-lambda-python: Orders: dependencies from ../../uv.lock, because orders.py imports requests\n',
  ]);
});

test('the context key names the declaration, unless the function does', () => {
  const from = (given: string | undefined, context: unknown) =>
    dependencyRequest(given === undefined ? {} : { from: given }, {}, { from: context }).from;
  assert.equal(
    [from(undefined, 'beside'), from('none', 'beside'), from(undefined, undefined), from(undefined, 3)],
    ['beside', 'none', undefined, '3'],
  );
});

test.run();
