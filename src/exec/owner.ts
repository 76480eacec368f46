import * as fs from 'node:fs/promises';
import * as path from 'node:path';

/** The distribution that brought a file or folder into a tree, by the RECORD of each (PEP 376). */
export const ownerOf = async (tree: string, relative: string): Promise<string> => {
  const folders = (await fs.readdir(tree)).filter((name) => name.endsWith('.dist-info'));
  for (const folder of folders) {
    const record = await fs.readFile(path.join(tree, folder, 'RECORD'), 'utf8').catch(() => '');
    const owns = record
      .split('\n')
      .some((line) => line.startsWith(`${relative},`) || line.startsWith(`${relative}/`));
    if (owns) return folder.replace(/\.dist-info$/, '');
  }
  return 'the dependencies';
};
