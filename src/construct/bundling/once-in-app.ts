import type { IConstruct } from 'constructs';

/** Gives a function that says whether a name is used for the first time in the construct's app. */
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
