import * as fs from 'node:fs';
import { sha256 } from '../../plan/values/hash';
import { withFile } from '../files/open-file';

/** What is planned of a file. */
interface PlannedContent {
  /** SHA-256, in hexadecimal. */
  readonly digest: string;
  /** In bytes. @default any */
  readonly size?: number;
}

/**
 * What a file holds, as long as that is what was planned; undefined where it is something else, or cannot be read. One
 * that has another size is not read: it may have grown to more than there is memory for.
 */
export const readAsPlanned = (file: string, { digest, size }: PlannedContent): Buffer | undefined => {
  try {
    const content = withFile(file, (descriptor, stats) =>
      size === undefined || stats.size === size ? fs.readFileSync(descriptor) : undefined,
    );
    return content !== undefined && sha256(content) === digest ? content : undefined;
  } catch {
    return undefined;
  }
};
