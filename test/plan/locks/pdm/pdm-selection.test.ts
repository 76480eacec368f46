import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readPdmLock } from '../../../../src/plan/locks/pdm/pdm-lock';
import { markersOf, question, versionsOf } from '../../support/questions';

const test = suite('which packages of a pdm.lock are selected');

const LOCK = `[metadata]
groups = ["default", "dev"]
strategy = ["inherit_metadata"]
lock_version = "4.5.1"

[[metadata.targets]]
requires_python = ">=3.9"

[[package]]
name = "basalt"
version = "1.0"
groups = ["default"]

[[package]]
name = "hazel-tools"
version = "1.0"
groups = []
marker = "python_version == \\"3.11\\""

[[package]]
name = "lime"
version = "1.0"
groups = ["dev"]
`;

test('a package without groups belongs to all of them, as PDM 2.29 writes some packages of a circle', () => {
  const versions = (python: string, groups: readonly string[] = []): readonly string[] =>
    versionsOf(readPdmLock, question(LOCK, null, { markers: markersOf(python, 'x86_64'), groups }));
  assert.equal(versions('3.11'), ['basalt 1.0', 'hazel-tools 1.0']);
  assert.equal(versions('3.11', ['dev']), ['basalt 1.0', 'hazel-tools 1.0', 'lime 1.0']);
  assert.equal(versions('3.12'), ['basalt 1.0']);
});

test.run();
