import * as fs from 'node:fs';

/** A build has replaced a folder that this library made: a link there could lead to any other folder. */
export class ReplacedFolder extends Error {
  public constructor(public readonly folder: string) {
    super(`${folder} is no longer a folder`);
  }
}

/**
 * The entries of a folder that untrusted code could write to. That code must have ended, so that nothing changes
 * between the check and the use.
 *
 * @throws ReplacedFolder if it is a link, or not a folder
 */
export const entriesOf = (folder: string): readonly fs.Dirent[] => {
  if (fs.lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new ReplacedFolder(folder);
  return fs.readdirSync(folder, { withFileTypes: true });
};
