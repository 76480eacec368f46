/**
 * Reads the fields of a METADATA file's header by name, in order. A value of several lines has only its first line
 * (core metadata specification).
 */
export const metadataFields = (text: string): ((field: string) => readonly string[]) => {
  const [header = ''] = text.split(/\r?\n\r?\n/, 1);
  return (field) =>
    [...header.matchAll(new RegExp(`^${field}:[ \\t]*(\\S.*)$`, 'gim'))].map(([, value = '']) =>
      value.trim(),
    );
};

/** The licence in a distribution's metadata: an expression (PEP 639), or names, most informative first. */
export type LicenseSaid =
  | { readonly _tag: 'Expression'; readonly expression: string }
  | { readonly _tag: 'Names'; readonly names: readonly string[] };

/** Longer values are the text of the licence and not its name. */
const LONGEST_NAME = 80;

/** Reads the licence's name, the last part of a classifier such as `License :: OSI Approved :: MIT License`. */
const namedBy = (classifier: string): string | readonly [] => {
  const parts = classifier.split('::').map((part) => part.trim());
  const name = parts.at(-1) ?? '';
  return parts[0] === 'License' && name !== 'License' && name !== 'OSI Approved' ? name : [];
};

export const licenseOf = (text: string): LicenseSaid => {
  const fields = metadataFields(text);
  const [expression] = fields('License-Expression');
  if (expression !== undefined) return { _tag: 'Expression', expression };
  const [free = ''] = fields('License');
  const isLong = free.length > LONGEST_NAME || /^License:.*\r?\n[ \t]+\S/im.test(text);
  if (free !== '' && !isLong && free.toUpperCase() !== 'UNKNOWN') return { _tag: 'Names', names: [free] };
  return { _tag: 'Names', names: [...new Set(fields('Classifier').flatMap(namedBy))] };
};
