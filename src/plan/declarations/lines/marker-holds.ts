import { isLeft } from 'fp-ts/Either';
import type { TargetRuntime } from '../../model/bundle-plan';
import { evaluateMarker } from '../../packaging/requirement/evaluate-marker';
import { parseMarker } from '../../packaging/requirement/marker';
import { targetMarkers } from '../../packaging/tags/marker-environment';

/** Markers of a target (PEP 508); null takes every marker for true. */
export type Markers = Readonly<Record<string, string>> | null;

/** Whether a marker, as it is written, holds; one that does not parse is told elsewhere. */
export const holds = (marker: string | null, environment: Markers): boolean => {
  const parsed = marker === null ? null : parseMarker(marker);
  return parsed === null || isLeft(parsed) || evaluateMarker(parsed.right, { environment });
};

/** The same on a target. */
export const holdsFor = (marker: string | null, target: TargetRuntime): boolean =>
  holds(marker, targetMarkers(target));
