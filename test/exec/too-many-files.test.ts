import * as E from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bundleContent } from '../../src/exec/bundle/bundle-content';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { Part } from '../../src/exec/store/part';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { temporaryFolder } from '../support/temporary';
import { planWith } from './support/plans';
import { newStore } from './support/stores';

const test = suite('more files than a zip has');

/** What is said of a bundle with this many modules, a handler and the declaration. */
const said = (modules: number, packaging: BundleRequest['packaging']): string => {
  const part: Part = {
    folder: temporaryFolder(),
    key: 'key',
    own: true,
    zip: null,
    files: Array.from({ length: modules }, (_, index) => ({
      path: `demo/${index}.py`,
      size: 0,
      executable: false,
      digest: '0'.repeat(64),
    })),
  } as never;
  const made = bundleContent(newStore(), planWith('demo\n', { packaging }), {
    modules: part,
    bytecode: null,
  });
  return E.isLeft(made) ? showExecutionError(made.left) : 'made';
};

test('a zip that has one more is refused, and each advice works', () => {
  assert.is(
    said(65_535, 'zip'),
    'The bundle has 65536 files; a zip that every reader understands has at most 65535. Leave files out with `bundling.exclude`, drop requirements, or set `bundling.packaging` to "directory".',
  );
  assert.is(said(65_535, 'directory'), 'made');
  assert.is(said(65_534, 'zip'), 'made');
});

test.run();
