import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Part } from '../store/part';
import { treeOf, zipOf } from '../store/part';
import { stamp } from '../files/stamp';
import { checkZip } from './verify-zip';
import { readDirectory } from './zip-directory';
import { entriesOf, readZipEntry, sizeOfEntry } from './zip-entries';

/**
 * Makes the tree of a part from its zip. The paths are checked against the part's record, so none leads out of the
 * tree.
 *
 * @returns why the zip differs from the part's record; undefined if it does not
 */
export const unpackPartZip = (part: Part): string | undefined => {
  const zip = zipOf(part);
  const { size } = fs.statSync(zip);
  if (size !== part.zip) return `it has ${size} bytes, not ${String(part.zip)}`;
  const { faults } = checkZip(zip, part.files);
  if (faults.length > 0) return faults.slice(0, 3).join('; ');
  const descriptor = fs.openSync(zip, 'r');
  try {
    for (const entry of entriesOf(readDirectory(zip).records)) {
      const whole = Buffer.alloc(sizeOfEntry(entry));
      fs.readSync(descriptor, whole, 0, whole.length, entry.offset);
      const file = path.join(treeOf(part), entry.path);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, readZipEntry(entry, whole) ?? '', { mode: entry.executable ? 0o755 : 0o644 });
      stamp(file);
    }
  } finally {
    fs.closeSync(descriptor);
  }
  return undefined;
};
