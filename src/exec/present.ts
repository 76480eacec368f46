import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BundlePlan } from '../plan/bundle-plan';
import { isUntouched, look } from './stamp';

/**
 * Whether a plan's bundle is there, as it was finished. It appears whole or not at all, and every file of it carries the
 * same time, which a write changes: a file that is linked from the store has other names, through which it may have been
 * written to. A folder of its name without the entry is what an interrupted clean-up has left.
 */
export const isPresent = ({ output, entry }: BundlePlan): boolean =>
  output.packaging === 'zip'
    ? isUntouched(look(output.path))
    : isUntouched(look(path.join(output.path, output.prefix, entry.path ?? ''))) &&
      isFolderUntouched(output.path);

const isFolderUntouched = (folder: string): boolean =>
  fs
    .readdirSync(folder, { withFileTypes: true })
    .every((entry) =>
      entry.isDirectory()
        ? isFolderUntouched(path.join(folder, entry.name))
        : isUntouched(look(path.join(folder, entry.name))),
    );
