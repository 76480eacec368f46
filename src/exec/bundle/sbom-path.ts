import { withoutZip } from './bundle-manifest';

/** The path of a bundle's bill of materials. */
export const sbomPath = (bundle: string): string => `${withoutZip(bundle)}.cdx.json`;
