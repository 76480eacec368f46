import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isInRuntime } from '../../../src/plan/target/runtime-modules';

const test = suite('runtime modules');

test('a runtime provides boto3, its own client, and what these need', () => {
  const names = ['boto3', 'botocore', 'dateutil', 'urllib3', 'requests', 'yaml', 'constructor'];
  assert.equal(
    names.filter((name) => isInRuntime(name, 13)),
    ['boto3', 'botocore', 'dateutil', 'urllib3'],
  );
});

test('some modules are only in newer or older runtimes', () => {
  const versions = (name: string): readonly number[] =>
    [7, 8, 11, 12, 14].filter((minor) => isInRuntime(name, minor));
  assert.equal(versions('snapshot_restore_py'), [12, 14]);
  assert.equal(versions('pkg_resources'), [7, 8, 11]);
  assert.equal(versions('awslambdaric'), [8, 11, 12, 14]);
});

test.run();
