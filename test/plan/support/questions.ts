import type { LockedSet, LockQuestion, LockReader } from '../../../src/plan/locks/locked/locked-set';
import { markerEnvironment } from '../../../src/plan/packaging/tags/marker-environment';
import { pythonRuntimes } from '../../../src/plan/target/python-runtime';
import type { PlanError } from '../../../src/plan/errors/plan-error';

/** The markers of a Python version and an architecture of Lambda. */
export const markersOf = (
  python: string,
  architecture: 'x86_64' | 'arm64' = 'x86_64',
): Readonly<Record<string, string>> => {
  const runtime = pythonRuntimes.find((each) => each.python === python);
  if (runtime === undefined) throw new Error(`no runtime has Python ${python}`);
  return markerEnvironment(runtime, architecture);
};

/** A question about a lock beside its manifest, for Python 3.11 where nothing else is said. */
export const question = (
  lock: string,
  manifest: string | null,
  more: Partial<LockQuestion> = {},
): LockQuestion => ({
  source: { file: '/app/the.lock', text: lock },
  manifest: manifest === null ? null : { file: '/app/manifest', text: manifest },
  markers: markersOf('3.11'),
  groups: [],
  extras: [],
  ...more,
});

const result = (reader: LockReader, asked: LockQuestion): LockedSet | readonly PlanError[] => {
  const read = reader(asked);
  return read._tag === 'Left' ? read.left : read.right;
};

/** What a reader finds, which must be a set. */
export const setOf = (reader: LockReader, asked: LockQuestion): LockedSet => {
  const found = result(reader, asked);
  if (!('packages' in found)) throw new Error(JSON.stringify(found));
  return found;
};

/** `name version` of each package that a reader finds. */
export const versionsOf = (reader: LockReader, asked: LockQuestion): readonly string[] =>
  setOf(reader, asked).packages.map(({ name, version }) => `${name} ${version ?? '-'}`);

/** What a reader finds to be wrong. */
export const errorsOf = (reader: LockReader, asked: LockQuestion): readonly PlanError[] => {
  const found = result(reader, asked);
  if ('packages' in found) throw new Error('it was read');
  return found;
};
