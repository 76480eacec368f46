import * as fs from 'node:fs';
import * as path from 'node:path';
import { normalizeName } from '../../plan/packaging/requirement/package-name';
import type { InstalledDistribution } from './recorded-files';
import { installedDistributions } from './recorded-files';

/** Headers of a wheel by uv (`include/NAME`) and by pip (`include/python/NAME`, `include/site/python3.13/NAME`). */
const PLACES = /^include\/(?:site\/)?(?:python(?:\d+(?:\.\d+)?)?\/)?([^/]+)\/.*[^/]$/;

const isCode = (file: string): boolean => /\.(?:pyi?|so|pyd)$/.test(file);

/**
 * The headers of a wheel (`*.data/headers`), which only a compiler reads; uv and pip put them into different folders. A
 * Python package named `include` does not count.
 */
export const wheelHeaders = ({
  name,
  files,
}: Pick<InstalledDistribution, 'name' | 'files'>): readonly string[] => {
  const under = files.filter((file) => file.startsWith('include/'));
  return under.some(isCode)
    ? []
    : under.filter((file) => normalizeName(PLACES.exec(file)?.[1] ?? '') === normalizeName(name));
};

/** The headers of all wheels in a tree of modules. */
export const headersIn = (tree: string): readonly string[] =>
  fs.statSync(path.join(tree, 'include'), { throwIfNoEntry: false })?.isDirectory() === true
    ? installedDistributions(tree).flatMap(wheelHeaders)
    : [];
