import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readPdmLock } from '../../../../src/plan/locks/pdm/pdm-lock';
import { errorsOf, question, versionsOf } from '../../support/questions';

const test = suite('excludes and overrides of PDM, with a lock');

// As PDM 2.29 writes it with `--strategy no_inherit_metadata`, less files, summaries and two of the packages.
const LOCK = `[metadata]
groups = ["default"]
strategy = []
lock_version = "4.5.1"
content_hash = "HASH"

[[metadata.targets]]
requires_python = ">=3.11"

[[package]]
name = "requests"
version = "2.34.2"
dependencies = ["idna<4,>=2.5", "urllib3<3,>=1.26", "certifi>=2023.5.7"]

[[package]]
name = "certifi"
version = "2024.2.2"

[[package]]
name = "urllib3"
version = "1.25.11"
`;

const manifest = (resolution: string): string =>
  `[project]\nname = "x"\nversion = "0"\ndependencies = ["requests>=2.31", "idna"]\n${resolution}`;

const RESOLUTION =
  '[tool.pdm.resolution]\nexcludes = ["Idna"]\n[tool.pdm.resolution.overrides]\nUrllib3 = "1.25.11"\n';

test('a package that is excluded is not missing, and one that is overridden has its version', () => {
  assert.equal(versionsOf(readPdmLock, question(LOCK, manifest(RESOLUTION))), [
    ...['certifi 2024.2.2', 'requests 2.34.2', 'urllib3 1.25.11'],
  ]);
});

test('without the settings the same lock lacks them', () => {
  assert.equal(errorsOf(readPdmLock, question(LOCK, manifest(''))), [
    {
      _tag: 'InvalidDeclaration',
      file: '/app/the.lock',
      line: 1,
      reason: 'it lacks idna, urllib3',
    },
  ]);
});

test('the hash of a workspace is also of its members, so it says nothing of the root', () => {
  const stale = LOCK.replace('HASH', `sha256:${'a'.repeat(64)}`);
  const tags = (more: string): readonly string[] => {
    const read = readPdmLock(question(stale, manifest(RESOLUTION + more)));
    return read._tag === 'Left' ? read.left.map(({ _tag }) => _tag) : [];
  };
  assert.equal(tags(''), ['LockOutdated']);
  assert.equal(tags('[tool.pdm.workspace]\nmembers = ["a"]\n'), []);
});

test.run();
