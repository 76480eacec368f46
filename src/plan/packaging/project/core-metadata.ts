/** The fields of a METADATA file's header by name, in order; a text of several lines has only its first (core metadata specification). */
export const metadataFields = (text: string): ((field: string) => readonly string[]) => {
  const [header = ''] = text.split(/\r?\n\r?\n/, 1);
  return (field) =>
    [...header.matchAll(new RegExp(`^${field}:[ \\t]*(\\S.*)$`, 'gim'))].map(([, value = '']) =>
      value.trim(),
    );
};

/** What a distribution says of its licence: an expression (PEP 639), or names in the order of how much they say. */
export type LicenseSaid =
  | { readonly _tag: 'Expression'; readonly expression: string }
  | { readonly _tag: 'Names'; readonly names: readonly string[] };

/** Longer ones are the licence itself, in the place of its name. */
const LONGEST_NAME = 80;

/** The last part of `License :: OSI Approved :: MIT License`, which alone names one. */
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
