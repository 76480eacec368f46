import * as fs from 'node:fs';
import { sha256 } from '../../plan/values/hash';
import { withFile } from '../files/open-file';

/** A file's content in a plan. */
interface PlannedContent {
  /** SHA-256, in hexadecimal. */
  readonly digest: string;
  /** In bytes. @default - any size */
  readonly size?: number;
}

/**
 * A file's content; undefined if it differs from the plan, or cannot be read. A file of another size is not read: it
 * may be larger than memory.
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
