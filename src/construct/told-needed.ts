import type { IConstruct } from 'constructs';
import { sayLine } from '../exec/progress';
import { neededLine } from '../plan/needed-line';
import type { SourceSnapshot } from '../plan/source-snapshot';

/** The declarations further up that an app has told of. */
const toldIn = new WeakMap<IConstruct, Set<string>>();

/** Says once for each declaration further up that a function of the app uses it, and why. */
export const tellNeeded = (
  { node: { root } }: IConstruct,
  label: string,
  { entry, needed }: Pick<SourceSnapshot, 'entry' | 'needed'>,
): void => {
  if (needed === undefined || entry === null) return;
  const told = toldIn.get(root) ?? new Set();
  toldIn.set(root, told);
  if (told.has(needed.declaration)) return;
  told.add(needed.declaration);
  sayLine(neededLine(label, entry.root, needed));
};
