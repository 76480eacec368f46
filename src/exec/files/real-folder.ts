import * as fs from 'node:fs';

/** A build has put something else in the place of a folder that this library made: a link there would lead to any other folder. */
export class ReplacedFolder extends Error {
  public constructor(public readonly folder: string) {
    super(`${folder} is a folder no more`);
  }
}

/**
 * What is in a folder that code of strangers could write to. It may run no more, so nothing changes between the look and the use.
 *
 * @throws ReplacedFolder where it is a link, or no folder
 */
export const entriesOf = (folder: string): readonly fs.Dirent[] => {
  if (fs.lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new ReplacedFolder(folder);
  return fs.readdirSync(folder, { withFileTypes: true });
};
