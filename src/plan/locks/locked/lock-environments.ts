import { evaluateMarker } from '../../packaging/requirement/evaluate-marker';
import type { Marker } from '../../packaging/requirement/marker';
import { lineOfKey } from '../../packaging/project/toml-lines';
import type { PlanError } from '../../errors/plan-error';
import type { LockQuestion } from './locked-set';

/** The name of a target in messages, such as `Python 3.13 on arm64`. */
export const shownTarget = (markers: Readonly<Record<string, string>>): string => {
  const machine = markers['platform_machine'] ?? '';
  return `Python ${markers['python_version'] ?? ''} on ${machine === 'aarch64' ? 'arm64' : machine}`;
};

/** The environments for which a lock was made. */
export interface LockEnvironments {
  /** The key of the lock that has them. */
  readonly key: string;
  readonly texts: readonly string[];
  /** The parsed texts. One of them must hold; an empty list allows every target. */
  readonly markers: readonly Marker[];
}

/**
 * The error of a lock for other environments than the target's. Its packages would be missing, or for another
 * environment.
 */
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
