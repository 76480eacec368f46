import type { BundlePlan } from '../../plan/model/bundle-plan';
import { finishedFiles } from './finished-files';

/** A module that two layers of a function have with different content. */
export interface LayersClash {
  /** Path in the layers, with `/`. */
  readonly path: string;
  readonly first: BundlePlan;
  /** The layer that Lambda unpacks over the first. */
  readonly second: BundlePlan;
}

/** Files that Python imports; texts such as a licence may differ. */
const MODULE = /\.(py|so)$/;

type Modules = ReadonlyMap<string, string>;

type ModulesIn = (layer: BundlePlan) => Modules;

/**
 * The modules of layers with the hashes of their content, from their manifests. Each is read once: many functions may
 * use a layer.
 */
export const modulesOnce = (): ModulesIn => {
  const known = new Map<string, Modules>();
  return (layer) => {
    const found = known.get(layer.output.path) ?? modulesOf(layer);
    known.set(layer.output.path, found);
    return found;
  };
};

const modulesOf = (layer: BundlePlan): Modules =>
  new Map(
    (finishedFiles(layer) ?? []).flatMap(({ path, sha256 }) => (MODULE.test(path) ? [[path, sha256]] : [])),
  );

/**
 * The first clash of each pair of layers. All layers are unpacked into one folder, each over the earlier ones. Layers
 * that were not made here are ignored.
 *
 * @param layers in the function's order
 * @see https://docs.aws.amazon.com/lambda/latest/dg/adding-layers.html
 */
export const layersClashes = (layers: readonly BundlePlan[], modulesIn: ModulesIn): readonly LayersClash[] =>
  layers.flatMap((second, index) =>
    layers.slice(0, index).flatMap((first): LayersClash | readonly [] => {
      const known = modulesIn(first);
      const clash = [...modulesIn(second)].find(([path, sha256]) => (known.get(path) ?? sha256) !== sha256);
      return clash === undefined ? [] : { path: clash[0], first, second };
    }),
  );
