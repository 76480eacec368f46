import * as fs from 'node:fs';
import * as path from 'node:path';
import { recordedHashes } from './tidy-record';
import { METADATA_FOLDER } from './recorded-files';

/** How many are told: two builds of one distribution have all their files in common. */
const MOST_TOLD = 5;

/**
 * A line for each file that two distributions list with another content: one has replaced the other's, and which one is there
 * is chance. Those with the same content, such as the `__init__.py` of a shared package, are worth none.
 *
 * @param records folder with the metadata of what was installed
 */
export const sharedFiles = (records: string, isGone: (file: string) => boolean): readonly string[] => {
  const owners = new Map<string, { readonly distribution: string; readonly hash: string }>();
  const told: string[] = [];
  for (const folder of fs
    .readdirSync(records)
    .filter((name) => name.endsWith(METADATA_FOLDER))
    .sort()) {
    const record = path.join(records, folder, 'RECORD');
    const distribution = folder.slice(0, -METADATA_FOLDER.length);
    for (const [file, hash] of fs.existsSync(record) ? recordedHashes(fs.readFileSync(record, 'utf8')) : []) {
      const first = owners.get(file);
      if (first === undefined) owners.set(file, { distribution, hash });
      else if ((first.hash !== hash || hash === '') && first.distribution !== distribution && !isGone(file))
        told.push(
          `${file} is a file of both ${first.distribution} and ${distribution}, and one has replaced the other's`,
        );
    }
  }
  const more = told.length - MOST_TOLD;
  return [...told.slice(0, MOST_TOLD), ...(more > 0 ? [`and ${more} more files of two distributions`] : [])];
};
