import * as fs from 'node:fs';
import { fileKind } from './file-kind';

/** Without the second, which Windows has not, opening a named pipe waits for whoever writes to it. */
const TO_READ = fs.constants.O_RDONLY | ((fs.constants.O_NONBLOCK as number | undefined) ?? 0);

const demandFile = (stats: fs.Stats): void => {
  if (!stats.isFile()) throw new Error(`it is a ${fileKind(stats)}`);
};

/**
 * Opens a plain file to read it. What it is, is asked of what was opened: between a look at a path and its opening a named
 * pipe, which would be read for ever, may have come in the file's place.
 *
 * @throws where it cannot be opened, or is no plain file
 */
export const withFile = <A>(file: string, use: (descriptor: number, stats: fs.Stats) => A): A => {
  const descriptor = fs.openSync(file, TO_READ);
  try {
    const stats = fs.fstatSync(descriptor);
    demandFile(stats);
    return use(descriptor, stats);
  } finally {
    fs.closeSync(descriptor);
  }
};

/** The same without holding up other work. */
export const openFile = async (file: string): Promise<fs.promises.FileHandle> => {
  const handle = await fs.promises.open(file, TO_READ);
  try {
    demandFile(await handle.stat());
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
};
