import * as path from 'node:path';
import { warnOfImports } from './warn-of-imports';
import { planFile, warn } from './plan';
import type { OutOptions } from './put-bundle';
import { packagingOf, putBundle } from './put-bundle';
import type { RequestOptions } from './request';

/** Makes the bundle of a file. */
export const bundle = async (file: string, options: RequestOptions & OutOptions): Promise<void> => {
  // The bundle of an earlier run is not a source of this one, wherever it lies.
  const planned = planFile(file, options, path.resolve(options.out), packagingOf(options));
  if (planned === undefined) return;
  warn(planned);
  if (await putBundle(planned, options)) warnOfImports(planned, options.from);
};
