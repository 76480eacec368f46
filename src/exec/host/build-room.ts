import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { entriesOf } from '../files/real-folder';
import { removeAbandoned, withTemporary } from '../files/temporary';

/**
 * A folder in which distributions are built. It lies outside the store, so that its path tells a build nothing of where
 * that is. Absolute paths without links.
 */
export interface BuildRoom {
  readonly folder: string;
  /** A copy of what the installer reads. */
  readonly input: string;
  /** Where the modules go at first. */
  readonly output: string;
  /** What an installer downloads and builds here, and no other run reads. */
  readonly cache: string;
  readonly temporary: string;
  /** What builds see; made by who restricts them. */
  readonly build: string;
}

const PARENT = 'cdk-lambda-python-builds';

/** A folder of this user alone. Anybody may have made one of the name in a folder that all may write to. */
const isOwn = (folder: string): boolean => {
  const stats = fs.lstatSync(folder);
  const uid = process.getuid?.();
  return stats.isDirectory() && (uid === undefined || (stats.uid === uid && (stats.mode & 0o077) === 0));
};

/** The folder that holds the rooms of this user, for builds and for locks. */
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
 * Gives work a new room, and removes it afterwards. Rooms of runs that were killed are removed first.
 *
 * @param input absolute path of what is copied into the room, if anything
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
    // hatchling reads the nearest one in any folder above a package, and the folder of temporaries may lie in a repository.
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
 * Moves all that is in a room's folder into another, which may be on another disk. What was there is removed.
 *
 * @throws ReplacedFolder where a build has put a link in the room's place
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
