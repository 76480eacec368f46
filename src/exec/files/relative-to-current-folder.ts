import * as path from 'node:path';
import { commandsSeenFrom } from '../../plan/errors/lock-command';
import { isOutside } from '../../plan/values/paths';

/** A message whose commands name declarations as one types them in the current folder. */
export const seenHere = (message: string): string => commandsSeenFrom(process.cwd())(message);

/** A path as one types it in the current folder, where it lies below that. */
export const pathHere = (absolute: string): string => {
  const here = process.cwd();
  return isOutside(here, absolute) ? absolute : path.relative(here, absolute);
};
