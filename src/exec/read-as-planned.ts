import * as fs from 'node:fs';
import { sha256 } from '../plan/hash';

/**
 * What a file holds, as long as that has a digest; undefined where it has another, or cannot be read. A file may have become
 * a named pipe, and reading that would wait for ever.
 */
export const readAsPlanned = (file: string, digest: string): Buffer | undefined => {
  try {
    if (!fs.statSync(file).isFile()) return undefined;
    const content = fs.readFileSync(file);
    return sha256(content) === digest ? content : undefined;
  } catch {
    return undefined;
  }
};
