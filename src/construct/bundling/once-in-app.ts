import type { IConstruct } from 'constructs';

/** Tells whether something is asked for the first time in the app that a construct is in. */
export const onceInApp = (): ((construct: IConstruct, name: string) => boolean) => {
  const apps = new WeakMap<IConstruct, Set<string>>();
  return ({ node: { root } }, name) => {
    const names = apps.get(root) ?? new Set();
    apps.set(root, names);
    const isFirst = !names.has(name);
    names.add(name);
    return isFirst;
  };
};
