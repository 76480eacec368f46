import type { Marker, MarkerOperand } from './marker';

const OPPOSITE: ReadonlyMap<string, string> = new Map([
  ['==', '!='],
  ['!=', '=='],
  ['===', '!='],
  ['<', '>='],
  ['>=', '<'],
  ['>', '<='],
  ['<=', '>'],
  ['in', 'not in'],
  ['not in', 'in'],
]);

/** The negation of a marker; undefined for `~=`, which has no opposite. */
export const negateMarker = (marker: Marker): Marker | undefined => {
  if (marker._tag === 'Comparison') {
    const operator = OPPOSITE.get(marker.operator);
    return operator === undefined ? undefined : { ...marker, operator };
  }
  const parts = marker.parts.map(negateMarker).filter((part) => part !== undefined);
  return parts.length < marker.parts.length
    ? undefined
    : { _tag: marker._tag === 'And' ? 'Or' : 'And', parts };
};

const showOperand = (operand: MarkerOperand): string => {
  if (operand._tag === 'Variable') return operand.name;
  return operand.text.includes('"') ? `'${operand.text}'` : `"${operand.text}"`;
};

/** A marker as PEP 508 writes it. */
export const showMarker = (marker: Marker): string => {
  if (marker._tag === 'Comparison')
    return `${showOperand(marker.left)} ${marker.operator} ${showOperand(marker.right)}`;
  const word = marker._tag === 'And' ? ' and ' : ' or ';
  return marker.parts
    .map((part) => (part._tag === 'Comparison' ? showMarker(part) : `(${showMarker(part)})`))
    .join(word);
};

/** The conjunction of markers, as a text; null where there are no markers. */
export const joinMarkers = (markers: readonly (string | null)[]): string | null => {
  const texts = [...new Set(markers.filter((marker) => marker !== null))];
  const [first] = texts;
  if (first === undefined) return null;
  return texts.length === 1 ? first : texts.map((text) => `(${text})`).join(' and ');
};
