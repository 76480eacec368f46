import * as fs from 'node:fs';
import * as path from 'node:path';
import { bundleOfManifest, readManifest } from '../bundle/bundle-manifest';
import { sbomPath } from '../bundle/sbom-path';

const NOTHING: ReadonlySet<string> = new Set();

/**
 * Whether a file is the manifest of a zip (true) or of a folder (false); undefined if it is not a manifest of this
 * library.
 */
const isZipManifest = (file: string): boolean | undefined => {
  try {
    const manifest = readManifest(fs.readFileSync(file, 'utf8'));
    return manifest === undefined ? undefined : manifest.zip !== null;
  } catch {
    return undefined;
  }
};

/**
 * The names in a folder that are bundles of an earlier run (`bundle h.py --out o.zip`), with the files beside them:
 * they are not sources. A bundle is known by its manifest.
 */
export const earlierBundles = (folder: string, names: readonly string[]): ReadonlySet<string> => {
  const found = names.flatMap((name) => {
    const bundle = bundleOfManifest(name);
    const isZip = bundle === undefined ? undefined : isZipManifest(path.join(folder, name));
    return bundle === undefined || isZip === undefined
      ? []
      : [name, isZip ? `${bundle}.zip` : bundle, sbomPath(bundle)];
  });
  return found.length === 0 ? NOTHING : new Set(found);
};
