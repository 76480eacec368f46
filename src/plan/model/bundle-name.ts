import type { Packaging } from '../request/bundle-request';

/** The name of a finished bundle in the output folder, which is the one that CDK gives to an asset. */
export const bundleName = (asset: string, packaging: Packaging): string =>
  packaging === 'zip' ? `asset.${asset}.zip` : `asset.${asset}`;
