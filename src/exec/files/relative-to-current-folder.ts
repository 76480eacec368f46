import * as path from 'node:path';
import { commandsSeenFrom } from '../../plan/errors/lock-command';
import { isOutside } from '../../plan/values/paths';

/** A message with the declarations in its commands as one types them in the current folder. */
export const seenHere = (message: string): string => commandsSeenFrom(process.cwd())(message);

/** A path relative to the current folder if it lies below it; else absolute. */
export const pathHere = (absolute: string): string => {
  const here = process.cwd();
  return isOutside(here, absolute) ? absolute : path.relative(here, absolute);
};
