import { evaluateMarker } from '../../packaging/requirement/evaluate-marker';
import type { Marker } from '../../packaging/requirement/marker';
import { lineOfKey } from '../../packaging/project/toml-lines';
import type { PlanError } from '../../errors/plan-error';
import type { LockQuestion } from './locked-set';

/** A target as messages name it, such as `Python 3.13 on arm64`. */
export const shownTarget = (markers: Readonly<Record<string, string>>): string => {
  const machine = markers['platform_machine'] ?? '';
  return `Python ${markers['python_version'] ?? ''} on ${machine === 'aarch64' ? 'arm64' : machine}`;
};

/** The environments that a lock says it is for. */
export interface LockEnvironments {
  /** The key of the lock that has them. */
  readonly key: string;
  readonly texts: readonly string[];
  /** The same, parsed. One of them must hold; none is everywhere. */
  readonly markers: readonly Marker[];
}

/** That a lock is for other environments than the target. Its packages would be those of another environment, or missing. */
export const environmentErrors = (
  { key, texts, markers }: LockEnvironments,
  { source: { file, text }, markers: target }: LockQuestion,
): readonly PlanError[] =>
  target === null ||
  markers.length === 0 ||
  markers.some((marker) => evaluateMarker(marker, { environment: target }))
    ? []
    : [
        {
          _tag: 'LockNotForTarget',
          file,
          line: lineOfKey(text, [key]),
          environments: texts,
          target: shownTarget(target),
        },
      ];
