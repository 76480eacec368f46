import type { IConstruct } from 'constructs';
import { sayLine } from '../../exec/process/progress';
import { neededLine } from '../../plan/show/needed-declaration-line';
import type { SourceSnapshot } from '../../plan/model/source-snapshot';
import { onceInApp } from './once-in-app';

const isFirst = onceInApp();

/** Prints a line for each declaration further up, once in an app: a function uses it, and why. */
export const tellNeeded = (
  construct: IConstruct,
  label: string,
  { entry, needed }: Pick<SourceSnapshot, 'entry' | 'needed'>,
): void => {
  if (needed === undefined || entry === null || !isFirst(construct, needed.declaration)) return;
  sayLine(neededLine(label, entry, needed));
};
