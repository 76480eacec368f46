import { withoutZip } from './bundle-manifest';

/** Where the bill of materials of a bundle lies. */
export const sbomPath = (bundle: string): string => `${withoutZip(bundle)}.cdx.json`;
