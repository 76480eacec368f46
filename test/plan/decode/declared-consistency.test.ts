import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DeclaredContent } from '../../../src/plan/model/declared-content';
import { declaredInconsistencies } from '../../../src/plan/decode/declared-consistency';
import { sha256 } from '../../../src/plan/values/hash';
import { installInconsistencies } from '../../../src/plan/decode/install-consistency';
import { planned, request, requiring } from '../support/world';

const test = suite('what a plan from elsewhere may declare');

const digest = sha256('a');
const plan = planned(
  request({
    executor: 'docker',
    variables: { A: '1', B: '2' },
    docker: {
      environment: ['A', 'B', 'TOKEN'],
      volumes: [
        { hostPath: '/r', containerPath: '/r', readOnly: true },
        { hostPath: '/w', containerPath: '/w', readOnly: false },
      ],
      volumesDigest: 'v1',
    },
  }),
  { ...requiring('six\n'), mounts: [{ path: '/r', digest, reason: '' }] },
);
const { install } = plan;
if (install === null) throw new Error('no install');

const errors = (changes: Partial<DeclaredContent>): readonly string[] =>
  declaredInconsistencies({ ...install, declared: { ...install.declared, ...changes } }).map(
    ({ path, message }) => `${path.replace('/install/declared/', '')}: ${message}`,
  );

const named = (...names: readonly string[]) => errors({ variables: { names, digest } });

test('variables are those that are handed over, in order, and no credentials', () => {
  assert.equal(errors({}), []);
  assert.equal(named('A'), []);
  const wrong = (index: number, name: string) => [
    `variables/names/${index}: "${name}" is not passed to the container, holds a credential, or is not in the order of names`,
  ];
  assert.equal(named('A', 'C'), wrong(1, 'C'));
  assert.equal(named('TOKEN'), wrong(0, 'TOKEN'));
  assert.equal(named('B', 'A'), wrong(1, 'A'));
  assert.equal(named('A', 'A'), wrong(1, 'A'));
});

test('the content of a mount is that of a read-only volume', () => {
  for (const path of ['/w', '/x'])
    assert.equal(errors({ mounts: [{ path, digest }] }), [
      `mounts/0/path: "${path}" is not a read-only volume`,
    ]);
});

test('a plan says what its mounts hold', () => {
  assert.equal(errors({ volumesDigest: ' ' }), ['volumesDigest: must not be blank']);
  assert.equal(errors({ volumesDigest: null }), [
    'volumesDigest: must be set: nothing else says what the mounts contain',
  ]);
  const onHost = { ...install, executor: 'host' as const };
  assert.equal(
    declaredInconsistencies({ ...onHost, declared: { ...install.declared, volumesDigest: null } }),
    [],
  );
});

test('an install is looked at for it', () => {
  const declared = { ...install.declared, volumesDigest: null };
  assert.equal(
    installInconsistencies({ ...install, declared }, plan).map(({ path }) => path),
    ['/install/declared/volumesDigest'],
  );
});

test.run();
