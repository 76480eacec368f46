import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import {
  CONTAINER_PIP,
  CONTAINER_PIP_NAME,
  CONTAINER_QUIET_PIP,
  CONTAINER_QUIET_PIP_NAME,
} from '../scripts/refused-builds';
import { BYTECODE_SCRIPT, BYTECODE_SCRIPT_NAME } from '../scripts/bytecode-script';
import { OMITTED_NAME } from '../scripts/container-clashes';
import { CONTAINER_SCRIPT, CONTAINER_SCRIPT_NAME } from './container-script';

/** The processor field of Linux executables (ELF header, `e_machine`). */
const MACHINES: Readonly<Record<string, number>> = { 'linux/amd64': 62, 'linux/arm64': 183 };

const UV = 'uv';

const ELF_MAGIC = 0x7f454c46;
const ELF_MACHINE_OFFSET = 18;
const ELF_HEADER_SIZE = 20;

/**
 * Puts the programs of a build container into a folder: this library's scripts, and this machine's uv if it can run
 * there.
 *
 * @param omit names of distributions to leave out
 */
export const putTools = async (
  folder: string,
  platform: string,
  searchPath: string,
  omit: readonly string[] = [],
): Promise<void> => {
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(path.join(folder, CONTAINER_SCRIPT_NAME), CONTAINER_SCRIPT);
  await fs.writeFile(path.join(folder, BYTECODE_SCRIPT_NAME), BYTECODE_SCRIPT);
  await fs.writeFile(path.join(folder, CONTAINER_PIP_NAME), CONTAINER_PIP);
  await fs.writeFile(path.join(folder, CONTAINER_QUIET_PIP_NAME), CONTAINER_QUIET_PIP);
  if (omit.length > 0) await fs.writeFile(path.join(folder, OMITTED_NAME), JSON.stringify(omit));
  const uv = await findUv(platform, searchPath);
  if (uv !== undefined) await lend(uv, path.join(folder, UV));
};

/** Lets everybody read the scripts, whatever this machine's umask: a builder has another user. */
export const openTools = async (folder: string): Promise<void> => {
  await fs.chmod(folder, 0o755);
  for (const entry of await fs.readdir(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) await openTools(place);
    // A link to this machine's own uv, whose mode must not change.
    else if (entry.name !== UV) await fs.chmod(place, 0o644);
  }
};

/** uv has 60 MB, so it is copied only from another disk. */
const lend = (program: string, place: string): Promise<void> =>
  fs.link(program, place).catch(() => fs.copyFile(program, place, fs.constants.COPYFILE_FICLONE));

/** A native uv for the container's processor; a launcher script would not run there. */
const findUv = async (platform: string, searchPath: string): Promise<string | undefined> => {
  for (const folder of searchPath.split(path.delimiter).filter((name) => path.isAbsolute(name))) {
    const file = await fs.realpath(path.join(folder, UV)).catch(() => undefined);
    if (file !== undefined && (await runsOn(file, platform))) return file;
  }
  return undefined;
};

const runsOn = async (file: string, platform: string): Promise<boolean> => {
  const handle = await fs.open(file, 'r').catch(() => undefined);
  if (handle === undefined) return false;
  try {
    const header = Buffer.alloc(ELF_HEADER_SIZE);
    await handle.read(header, 0, ELF_HEADER_SIZE, 0);
    return (
      header.readUInt32BE(0) === ELF_MAGIC && header.readUInt16LE(ELF_MACHINE_OFFSET) === MACHINES[platform]
    );
  } finally {
    await handle.close();
  }
};
