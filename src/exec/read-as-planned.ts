import * as fs from 'node:fs';
import { sha256 } from '../plan/hash';
import type { Content } from './digest';
import { withFile } from './open-file';

/**
 * What a file holds, as long as that is what was planned; undefined where it is something else, or cannot be read. One
 * that has another size is not read: it may have grown to more than there is memory for.
 */
export const readAsPlanned = (file: string, { digest, size }: Content): Buffer | undefined => {
  try {
    const content = withFile(file, (descriptor, stats) =>
      stats.size === size ? fs.readFileSync(descriptor) : undefined,
    );
    return content !== undefined && sha256(content) === digest ? content : undefined;
  } catch {
    return undefined;
  }
};
