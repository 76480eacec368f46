import * as fs from 'node:fs';
import { fileKind } from './file-kind';

/** Without `O_NONBLOCK`, which Windows lacks, opening a named pipe waits for a writer. */
const TO_READ = fs.constants.O_RDONLY | ((fs.constants.O_NONBLOCK as number | undefined) ?? 0);

const demandFile = (stats: fs.Stats): void => {
  if (!stats.isFile()) throw new Error(`it is a ${fileKind(stats)}`);
};

/**
 * Opens a plain file to read it. The open descriptor says whether it is one: between a look at the path and the
 * opening, a named pipe, which would be read for ever, may have replaced the file.
 *
 * @throws if it cannot be opened, or is not a plain file
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

/** Like {@link withFile}, asynchronously: the caller closes the handle. */
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
