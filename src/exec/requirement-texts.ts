import * as fs from 'node:fs';
import * as path from 'node:path';

/** The text of a file; nothing where it cannot be read. */
export const textOf = (file: string): string => {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

/**
 * The texts of requirements files, those that they include as well.
 *
 * @param folder absolute path of the folder that the names are seen from
 */
export const requirementTexts = (folder: string, files: readonly string[]): readonly string[] => {
  const read = new Map<string, string>();
  const visit = (file: string): void => {
    if (read.has(file)) return;
    const text = textOf(file);
    read.set(file, text);
    for (const [, name = ''] of text.matchAll(
      /^[ \t]*(?:-r|-c|--requirement|--constraint)[ \t=]*([^\s#]+)/gm,
    ))
      visit(path.resolve(path.dirname(file), name));
  };
  for (const file of files) visit(path.join(folder, file));
  return [...read.values()];
};
