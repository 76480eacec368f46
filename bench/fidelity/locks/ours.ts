import { LOCK_READERS } from '../../../src/plan/locks/lock-readers';
import type { LockQuestion } from '../../../src/plan/locks/locked/locked-set';
import { markerEnvironment } from '../../../src/plan/packaging/tags/marker-environment';
import { normalizeName } from '../../../src/plan/packaging/requirement/package-name';
import { showPlanError } from '../../../src/plan/errors/plan-error';
import type { ProjectFile } from '../../../src/plan/model/source-snapshot';
import type { LockTarget, Pins } from './oracle';
import type { Question } from './random-project';

/** A kind of lock whose reader is compared. */
export type Reader = 'uv' | 'poetry' | 'pdm' | 'pylock';

/** What this library takes from a lock for a target. */
export const oursOf = (
  reader: Reader,
  lock: ProjectFile,
  manifest: ProjectFile,
  question: Question,
  { python, machine }: LockTarget,
): Pins => {
  const asked: LockQuestion = {
    ...{ source: lock, manifest },
    markers: markerEnvironment({ python }, machine === 'aarch64' ? 'arm64' : 'x86_64'),
    ...question,
  };
  const read = LOCK_READERS[reader](asked);
  return read._tag === 'Left'
    ? { refused: read.left.map((error) => showPlanError(error)).join('\n') }
    : read.right.packages.map(({ name, version }) => `${normalizeName(name)}==${version ?? '?'}`).sort();
};
