import type { BundlePlan } from '../plan/bundle-plan';

/** A layer's own files, and what it installs, under the names by which they are imported, as far as the names of files say. */
export const layerModules = (plans: readonly BundlePlan[]): readonly string[] =>
  [...new Set(plans.flatMap((plan) => [...ownModules(plan), ...installedModules(plan)]))].sort();

const ownModules = ({ sources }: BundlePlan): readonly string[] =>
  sources.flatMap(({ path }) =>
    /\.(py|so)$/.test(path) ? (path.replace(/^python\//, '').split(/[/.]/)[0] ?? []) : [],
  );

/** Most distributions have a module of their own name. */
const installedModules = ({ install }: BundlePlan): readonly string[] =>
  install === null
    ? []
    : [
        ...install.leftOut.requested,
        ...install.generated.flatMap(({ text }) => text.match(/^[A-Za-z0-9][\w.-]*/gm) ?? []),
      ].map((name) => name.toLowerCase().replace(/[-.]+/g, '_'));
