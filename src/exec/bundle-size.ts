import * as fs from 'node:fs/promises';
import * as path from 'node:path';

/** Bytes of all files below each entry of a folder, largest first. */
export const sizes = async (
  folder: string,
): Promise<readonly { readonly name: string; readonly size: number }[]> => {
  const names = await fs.readdir(folder);
  const measured = await Promise.all(
    names.map(async (name) => ({ name, size: await sizeOf(path.join(folder, name)) })),
  );
  return measured.sort((a, b) => b.size - a.size);
};

const sizeOf = async (file: string): Promise<number> => {
  const stats = await fs.lstat(file);
  if (!stats.isDirectory()) return stats.size;
  const inner = await Promise.all((await fs.readdir(file)).map((name) => sizeOf(path.join(file, name))));
  return inner.reduce((sum, size) => sum + size, 0);
};
