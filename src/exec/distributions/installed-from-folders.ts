import * as fs from 'node:fs';
import * as path from 'node:path';
import { normalizeName } from '../../plan/packaging/requirement/package-name';
import type { InstalledDistribution } from './recorded-files';

/**
 * Whether an installer has recorded that it built a distribution from a folder (PEP 610, `dir_info`), and not from a
 * repository or an archive.
 */
const isFromFolder = (records: string, folder: string): boolean => {
  try {
    const text = fs.readFileSync(path.join(records, folder, 'direct_url.json'), 'utf8');
    return typeof (JSON.parse(text) as { dir_info?: unknown } | null)?.dir_info === 'object';
  } catch {
    return false;
  }
};

/**
 * The local packages among the distributions of a tree, as `name-version`: the user can change their files. The records
 * of the install say so; a tidied tree no longer has them.
 *
 * @param named names of local packages in the plan, because some ways to install leave no such record
 */
export const installedFromFolders = (
  records: string,
  distributions: readonly InstalledDistribution[],
  named: readonly string[],
): ReadonlySet<string> => {
  const known = new Set(named.map(normalizeName));
  return new Set(
    distributions
      .filter(({ name, folder }) => known.has(normalizeName(name)) || isFromFolder(records, folder))
      .map(({ folder }) => folder.replace(/\.dist-info$/, '')),
  );
};
