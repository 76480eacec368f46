import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { bundleOfManifest, manifestPath } from '../bundle/bundle-manifest';
import { isThere } from '../files/file-kind';

/** A bundle, and the manifest for its comparison. */
interface NamedBundle {
  readonly bundle: string;
  readonly manifest: string;
}

/** The kind of a path. */
const kindOf = (file: string): 'file' | 'folder' | 'nothing' => {
  const stats = fs.statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? 'nothing' : stats.isDirectory() ? 'folder' : 'file';
};

/**
 * The bundles that a path names: a zip, the folder of a bundle, or a folder (`cdk.out`) with bundles, each known by the
 * manifest beside it. On the left, the reason why it names none.
 *
 * @param manifest path of a manifest that does not lie beside the bundle
 */
export const findBundles = (place: string, manifest?: string): E.Either<string, readonly NamedBundle[]> => {
  const kind = kindOf(place);
  if (kind === 'nothing') return E.left(`${place} does not exist. Name a bundle, or a folder with bundles.`);
  if (manifest !== undefined) return E.right([{ bundle: place, manifest }]);
  const beside = manifestPath(path.resolve(place));
  if (isThere(beside))
    return E.right([{ bundle: place, manifest: manifestPath(place.replace(/[/\\]+$/, '')) }]);
  if (kind === 'file') {
    return E.left(
      `${place} has no manifest beside it: looked for ${beside}. Name it with --manifest, or make the bundle again.`,
    );
  }
  const found = fs
    .readdirSync(place)
    .sort()
    .flatMap((name) => bundlesOf(place, name));
  return found.length > 0
    ? E.right(found)
    : E.left(
        `${place} is neither a bundle nor a folder with bundles: looked for ${beside} and for *.manifest.json in the folder. Make the bundles again, or name a manifest with --manifest.`,
      );
};

/** The bundles of a manifest in a folder, in one form or both; if there are none, the missing one. */
const bundlesOf = (folder: string, name: string): readonly NamedBundle[] => {
  const bundle = bundleOfManifest(name);
  if (bundle === undefined || bundle === '') return [];
  const forms = [`${bundle}.zip`, bundle].map((one) => path.join(folder, one));
  const there = forms.filter(isThere);
  const manifest = path.join(folder, name);
  return (there.length > 0 ? there : forms.slice(0, 1)).map((one) => ({ bundle: one, manifest }));
};
