import { byText } from '../../plan/values/hash';

const compare = (left: readonly string[], right: readonly string[]): number => {
  const at = left.findIndex((name, index) => name !== right[index]);
  if (at < 0) return left.length - right.length;
  return byText(left[at] ?? '', right[at] ?? '');
};

/** Sorts items as a tree lists its files: folder by folder. */
export const inTreeOrder = <A>(items: readonly A[], pathOf: (item: A) => string): readonly A[] =>
  items
    .map((item) => ({ item, names: pathOf(item).split('/') }))
    .sort((a, b) => compare(a.names, b.names))
    .map(({ item }) => item);
