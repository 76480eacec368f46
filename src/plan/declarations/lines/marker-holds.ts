import { isLeft } from 'fp-ts/Either';
import type { TargetRuntime } from '../../model/bundle-plan';
import { evaluateMarker } from '../../packaging/requirement/evaluate-marker';
import { parseMarker } from '../../packaging/requirement/marker';
import { targetMarkers } from '../../packaging/tags/marker-environment';

/** The marker variables of a target (PEP 508). With `null`, every marker holds. */
export type Markers = Readonly<Record<string, string>> | null;

/** Whether a marker holds. A marker that does not parse counts as true, because another check reports it. */
export const markerHolds = (marker: string | null, environment: Markers): boolean => {
  const parsed = marker === null ? null : parseMarker(marker);
  return parsed === null || isLeft(parsed) || evaluateMarker(parsed.right, { environment });
};

/** Whether a marker holds on a target. */
export const holdsFor = (marker: string | null, target: TargetRuntime): boolean =>
  markerHolds(marker, targetMarkers(target));
