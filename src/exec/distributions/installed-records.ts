import * as fs from 'node:fs';
import * as path from 'node:path';
import { METADATA_FOLDER } from './recorded-files';

/** The metadata files that are needed later: the user's commands may remove them before. */
const KEPT = ['METADATA', 'RECORD', 'WHEEL'];

/** The file that lists the modules whose paths a user's file already had; the container's script writes it as well. */
const TAKEN = 'taken.json';

/** Keeps the metadata of the installed distributions in a folder of its own, and returns that folder. */
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

/** The paths, relative to the output, of both a module and a user's file. */
export const takenPaths = (records: string): readonly string[] => {
  const file = path.join(records, TAKEN);
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as readonly string[]) : [];
};
