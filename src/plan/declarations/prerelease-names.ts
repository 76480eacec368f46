import { isRight } from 'fp-ts/Either';
import { normalizeName } from '../packaging/package-name';
import { parseRequirement } from '../packaging/requirement';
import { namesPrerelease } from '../packaging/specifier';
import { withoutOptions } from './without-options';

/** The packages of which a requirement names a pre-release; absent where none does. */
export const prereleaseNames = (
  requirements: readonly string[],
): { readonly prerelease?: readonly string[] } => {
  const names = requirements.flatMap((text) => {
    const read = parseRequirement(withoutOptions(text));
    return isRight(read) && namesPrerelease(read.right.specifier) ? normalizeName(read.right.name) : [];
  });
  return names.length === 0 ? {} : { prerelease: [...new Set(names)].sort() };
};
