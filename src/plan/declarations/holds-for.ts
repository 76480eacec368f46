import { isLeft } from 'fp-ts/Either';
import type { TargetRuntime } from '../bundle-plan';
import { evaluateMarker } from '../packaging/evaluate-marker';
import { parseMarker } from '../packaging/marker';
import { targetMarkers } from '../packaging/marker-environment';

/** Whether a marker, as it is written, holds on a target; one that does not parse is told elsewhere. */
export const holdsFor = (marker: string | null, target: TargetRuntime): boolean => {
  if (marker === null) return true;
  const parsed = parseMarker(marker);
  return isLeft(parsed) || evaluateMarker(parsed.right, { environment: targetMarkers(target) });
};
