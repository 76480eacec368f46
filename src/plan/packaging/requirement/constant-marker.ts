import { evaluateMarker } from './evaluate-marker';
import type { Marker } from './marker';

/** A marker that is always true, or always false. */
export const constantMarker = (holds: boolean): Marker => ({ _tag: holds ? 'And' : 'Or', parts: [] });

/** A marker that is true where all given markers are; null is true everywhere. */
export const allOf = (markers: readonly (Marker | null)[]): Marker | null => {
  const parts = markers.filter((marker): marker is Marker => marker !== null);
  return parts.length > 1 ? { _tag: 'And', parts } : (parts[0] ?? null);
};

/**
 * Evaluates the comparisons with `extra` in a marker. The dependencies of a package's extra belong to that package,
 * where the project's own extras mean nothing.
 */
export const withExtras = (marker: Marker, extras: readonly string[]): Marker => {
  if (marker._tag !== 'Comparison')
    return { ...marker, parts: marker.parts.map((part) => withExtras(part, extras)) };
  const asks = [marker.left, marker.right].some(
    (operand) => operand._tag === 'Variable' && operand.name === 'extra',
  );
  return asks ? constantMarker(evaluateMarker(marker, { environment: null, extras })) : marker;
};
