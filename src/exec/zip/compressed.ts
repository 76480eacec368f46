/** The first bytes of compressed formats: gzip, zip, PNG, JPEG, xz, zstd, bzip2, WOFF2. */
const SIGNATURES = ['1f8b', '504b0304', '89504e47', 'ffd8ff', 'fd377a58', '28b52ffd', '425a68', '774f4632'];

const LONGEST = 4;

/**
 * Whether a file is already compressed. botocore's models, two thirds of a usual bundle, are gzipped JSON: compressing
 * them again takes most of the time and saves nothing.
 */
export const isCompressed = (content: Uint8Array): boolean => {
  const start = Buffer.from(content.subarray(0, LONGEST)).toString('hex');
  return SIGNATURES.some((signature) => start.startsWith(signature));
};
