import { distributionOf } from '../../plan/imports/distribution-of';
import { nearest } from '../../plan/values/nearest-name';
import { normalizeName } from '../../plan/packaging/requirement/package-name';
import { textOf } from '../files/requirement-texts';

/** Shorter names are similar to too many others. */
const SHORTEST = 4;

/** The distributions that a declaration names: at the start of a line or of a list item, or as the name in a lock. */
const NAMED =
  /^[ \t]*(?:name\s*=\s*)?(["']?)([A-Za-z0-9][A-Za-z0-9._-]*)(?=\s*(?:\1[,\s]*$|[[<>=!~;@\\]=?))/gm;

/** The declared distribution with a name similar to a module; undefined without one, or if the module's is known. */
export const nearDistribution = (module: string, declaration: string | null): string | undefined => {
  const [top = ''] = module.split('.');
  if (declaration === null || top.length < SHORTEST || distributionOf(module) !== undefined) return undefined;
  const named = [...textOf(declaration).matchAll(NAMED)].map(([, , name = '']) => normalizeName(name));
  const declared = named.filter((name) => name.length >= SHORTEST);
  return declared.length === 0 ? undefined : nearest(normalizeName(top), declared);
};
