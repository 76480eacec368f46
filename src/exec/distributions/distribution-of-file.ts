import * as fs from 'node:fs';
import * as path from 'node:path';

/** The distribution that brought a file or folder into a tree, by the RECORD of each (PEP 376). */
export const ownerOf = (tree: string, relative: string): string => {
  const owns = (metadata: string): boolean =>
    textOf(path.join(tree, metadata, 'RECORD'))
      .split('\n')
      .some((line) => line.startsWith(`${relative},`) || line.startsWith(`${relative}/`));
  const owner = fs.readdirSync(tree).find((name) => name.endsWith('.dist-info') && owns(name));
  return owner?.replace(/\.dist-info$/, '') ?? 'the dependencies';
};

const textOf = (file: string): string => {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};
