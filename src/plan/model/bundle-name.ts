import type { Packaging } from '../request/bundle-request';

/** The name of a finished bundle in the output folder: CDK's name for an asset. */
export const bundleName = (asset: string, packaging: Packaging): string =>
  packaging === 'zip' ? `asset.${asset}.zip` : `asset.${asset}`;
