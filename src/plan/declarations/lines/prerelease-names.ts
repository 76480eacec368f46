import { normalizeName } from '../../packaging/requirement/package-name';
import type { Requirement } from '../../packaging/requirement/requirement';
import { namesPrerelease } from '../../packaging/requirement/specifier';

/** The packages whose requirements name a pre-release. The field is absent if there are none. */
export const prereleaseNames = (
  requirements: readonly Pick<Requirement, 'name' | 'specifier'>[],
): { readonly prerelease?: readonly string[] } => {
  const names = requirements
    .filter(({ specifier }) => namesPrerelease(specifier))
    .map(({ name }) => normalizeName(name));
  return names.length === 0 ? {} : { prerelease: [...new Set(names)].sort() };
};
