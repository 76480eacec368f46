import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BundlePlan } from '../plan/bundle-plan';

/**
 * Whether a plan's bundle is there. It appears whole or not at all; a folder of its name without the entry is
 * something else, such as what an interrupted clean-up has left, and never counts as a success.
 */
export const isPresent = ({ output, entry }: BundlePlan): boolean =>
  fs.existsSync(path.join(output.directory, entry.path));
