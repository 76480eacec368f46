import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { entriesOf } from '../files/real-folder';
import { removeAbandoned, withTemporary } from '../files/temporary';

/**
 * A folder in which distributions are built. It lies outside the store, so that its path does not show a build where
 * the store is. Absolute paths without links.
 */
export interface BuildRoom {
  readonly folder: string;
  /** A copy of the installer's input. */
  readonly input: string;
  /** The first place of the modules. */
  readonly output: string;
  /** The installer's downloads and builds, which no other run reads. */
  readonly cache: string;
  readonly temporary: string;
  /** The folder that builds see; made by the code that restricts them. */
  readonly build: string;
}

const PARENT = 'cdk-lambda-python-builds';

/**
 * Whether a folder belongs to this user alone. In a folder that everybody may write to, anybody may have made one with
 * this name.
 */
const isOwn = (folder: string): boolean => {
  const stats = fs.lstatSync(folder);
  const uid = process.getuid?.();
  return stats.isDirectory() && (uid === undefined || (stats.uid === uid && (stats.mode & 0o077) === 0));
};

/** The folder of this user's rooms, for builds and for locks. */
const roomsFolder = (): string => {
  const temporaries = fs.realpathSync(os.tmpdir());
  const folder = path.join(temporaries, `${PARENT}-${process.getuid?.() ?? 'user'}`);
  try {
    fs.mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return isOwn(folder) ? folder : fs.mkdtempSync(path.join(temporaries, `${PARENT}-`));
};

/**
 * Calls `work` with a new room, and removes the room afterwards. Rooms of killed runs are removed first.
 *
 * @param input absolute path of a folder to copy into the room, if any
 */
export const withBuildRoom = async <A>(
  input: string | undefined,
  work: (room: BuildRoom) => Promise<A>,
): Promise<A> => {
  const rooms = roomsFolder();
  removeAbandoned(rooms);
  return withTemporary(rooms, async (folder) => {
    const room = {
      folder,
      input: path.join(folder, 'input'),
      output: path.join(folder, 'output'),
      cache: path.join(folder, 'cache'),
      temporary: path.join(folder, 'tmp'),
      build: path.join(folder, 'build'),
    };
    // hatchling reads the nearest one in any folder above a package, and the temporary folder may be in a repository.
    fs.writeFileSync(path.join(folder, '.gitignore'), '');
    for (const made of [room.output, room.cache, room.temporary]) fs.mkdirSync(made);
    if (input !== undefined && fs.existsSync(input))
      fs.cpSync(input, room.input, {
        recursive: true,
        verbatimSymlinks: true,
        mode: fs.constants.COPYFILE_FICLONE,
      });
    return work(room);
  });
};

/**
 * Moves the content of a room's folder into another, possibly on another disk. Its old content is removed.
 *
 * @throws ReplacedFolder if a build has put a link in the room's place
 */
export const moveOut = (from: string, into: string): void => {
  for (const name of fs.readdirSync(into)) fs.rmSync(path.join(into, name), { recursive: true, force: true });
  for (const { name } of entriesOf(from)) {
    const [source, target] = [path.join(from, name), path.join(into, name)];
    try {
      fs.renameSync(source, target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
      fs.cpSync(source, target, {
        recursive: true,
        verbatimSymlinks: true,
        mode: fs.constants.COPYFILE_FICLONE,
      });
    }
  }
};
