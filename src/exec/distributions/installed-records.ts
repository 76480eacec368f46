import * as fs from 'node:fs';
import * as path from 'node:path';
import { METADATA_FOLDER } from './recorded-files';

/** What of the metadata is asked for later: commands of the user's may take it away before. */
const KEPT = ['METADATA', 'RECORD', 'WHEEL'];

/** The file that lists the modules which found a user's file in their place; the container's script writes it as well. */
const TAKEN = 'taken.json';

/** Writes down, in a folder of its own, what was installed; answers that folder. */
export const keepRecords = (modules: string, records: string, taken: readonly string[]): string => {
  fs.mkdirSync(records, { recursive: true });
  for (const name of fs.readdirSync(modules).filter((one) => one.endsWith(METADATA_FOLDER))) {
    fs.mkdirSync(path.join(records, name));
    for (const file of KEPT.filter((one) => fs.existsSync(path.join(modules, name, one)))) {
      fs.copyFileSync(path.join(modules, name, file), path.join(records, name, file));
    }
  }
  fs.writeFileSync(path.join(records, TAKEN), JSON.stringify(taken));
  return records;
};

/** The paths, relative to the output, that a module and a file of the user's both want. */
export const takenPaths = (records: string): readonly string[] => {
  const file = path.join(records, TAKEN);
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as readonly string[]) : [];
};
