import { evaluateMarker } from './evaluate-marker';
import type { Marker } from './marker';

/** A marker that holds everywhere, or nowhere. */
export const constantMarker = (holds: boolean): Marker => ({ _tag: holds ? 'And' : 'Or', parts: [] });

/** A marker that holds where all of some do; null holds everywhere. */
export const allOf = (markers: readonly (Marker | null)[]): Marker | null => {
  const parts = markers.filter((marker): marker is Marker => marker !== null);
  return parts.length > 1 ? { _tag: 'And', parts } : (parts[0] ?? null);
};

/**
 * A marker with each comparison of `extra` decided. The requirements of an extra are evaluated within its package, where
 * the project's own extras mean nothing.
 */
export const withExtras = (marker: Marker, extras: readonly string[]): Marker => {
  if (marker._tag !== 'Comparison')
    return { ...marker, parts: marker.parts.map((part) => withExtras(part, extras)) };
  const asks = [marker.left, marker.right].some(
    (operand) => operand._tag === 'Variable' && operand.name === 'extra',
  );
  return asks ? constantMarker(evaluateMarker(marker, { environment: null, extras })) : marker;
};
