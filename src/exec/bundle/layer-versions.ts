import * as fs from 'node:fs';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { BundleManifest } from './bundle-manifest';
import { manifestPath } from './bundle-manifest';

/** A distribution that a function and its layer have in different versions. */
export interface LayerVersion {
  readonly name: string;
  /** The version from the function's own declaration. */
  readonly own: string;
  /** The version in the layer. */
  readonly version: string;
  readonly layer: BundlePlan;
  /** Whether Lambda unpacks the layer over the function's modules. Otherwise, Python imports the function's own. */
  readonly isOver: boolean;
}

type Distributions = (plan: BundlePlan) => BundleManifest['distributions'];

/**
 * The distributions in bundles, from the first line of their manifests; undefined if a bundle was not made here. Each
 * manifest is read once.
 */
export const distributionsOnce = (): Distributions => {
  const known = new Map<string, BundleManifest['distributions']>();
  return ({ output }) => {
    const found = known.get(output.path) ?? read(manifestPath(output.path));
    known.set(output.path, found);
    return found;
  };
};

const read = (file: string): BundleManifest['distributions'] => {
  try {
    const [head = ''] = fs.readFileSync(file, 'utf8').split(',"files":[', 1);
    const { distributions } = JSON.parse(`${head}}`) as {
      readonly distributions?: BundleManifest['distributions'];
    };
    return distributions ?? [];
  } catch {
    return [];
  }
};

/**
 * The distributions that a function's layers have in other versions than its own declaration installs. Python searches
 * the function's folder before `/opt/python`. All layers are unpacked there, each over the earlier ones, including the
 * one with the function's modules.
 *
 * @param layers in the function's order
 */
export const layerVersions = (
  plan: BundlePlan,
  layers: readonly BundlePlan[],
  distributionsIn: Distributions,
): readonly LayerVersion[] => {
  if (layers.length === 0 || plan.install === null) return [];
  const isInLayer = plan.dependenciesIn === 'layer';
  const place = isInLayer
    ? layers.map(({ hash }) => hash.dependencies).lastIndexOf(plan.hash.dependencies)
    : layers.length;
  const holder = isInLayer ? layers[place] : plan;
  if (holder === undefined) return [];
  const own = new Map(distributionsIn(holder).map(({ name, version }) => [name, version]));
  return layers.flatMap((layer, index) =>
    layer === holder
      ? []
      : distributionsIn(layer).flatMap(({ name, version }): LayerVersion | readonly [] => {
          const mine = own.get(name);
          return mine === undefined || mine === version
            ? []
            : { name, own: mine, version, layer, isOver: index > place };
        }),
  );
};
