import { isLeft } from 'fp-ts/Either';
import { parseRequirement } from '../../packaging/requirement/requirement';
import { isUnpinnedGit } from './requirements-check';
import { withoutOptions } from '../lines/without-options';

/**
 * Whether a requirement always installs the same file (`fixed`). Otherwise the file depends on the content of an index
 * that day (`index`), the answer of a URL (`url`), or the commit of a branch or tag (`git`).
 */
export type Pin = 'fixed' | 'index' | 'url' | 'git';

const HASH_OPTION = /\s--hash[\s=]/;
const HASH_IN_FRAGMENT = /[#&](?:sha256|sha384|sha512)=/;

/** The fragment of a URL, from the first `#` on; empty if there is none. */
export const fragmentOf = (url: string): string => (url.includes('#') ? url.slice(url.indexOf('#')) : '');

/** Whether a line has a hash of its file. */
export const hasHash = (line: string): boolean =>
  HASH_OPTION.test(line) || HASH_IN_FRAGMENT.test(fragmentOf(line));

/** Whether a specifier allows only one version: `==` or `===` without `*`. */
export const namesOneVersion = (specifier: string): boolean =>
  specifier.split(',').some((clause) => /^={2,3}[^*]+$/.test(clause.trim()));

const REPOSITORY = /^(git|hg|svn|bzr)\+/;

const pinOfUrl = (url: string, requirement: string): Pin => {
  if (!REPOSITORY.test(url)) return 'url';
  // Only Git has ids that identify content.
  return url.startsWith('git+') && !isUnpinnedGit(requirement) ? 'fixed' : 'git';
};

/**
 * Says what fixes a requirement of a requirements file.
 *
 * @param constraint the line of a constraints file about the same name; empty if there is none
 */
export const pinOf = (text: string, constraint = ''): Pin => {
  if (hasHash(text) || hasHash(constraint)) return 'fixed';
  const requirement = withoutOptions(text);
  const parsed = parseRequirement(requirement);
  // A URL without a name has no grammar, and the values of variables are unknown here.
  if (isLeft(parsed))
    return /^[a-z][a-z0-9+.-]*:\/\//i.test(requirement) ? pinOfUrl(requirement, requirement) : 'index';
  const { url, specifier } = parsed.right;
  if (url !== null) return pinOfUrl(url, requirement);
  const constrained = parseRequirement(withoutOptions(constraint));
  const specifiers = [specifier, isLeft(constrained) ? '' : constrained.right.specifier];
  return specifiers.some(namesOneVersion) ? 'fixed' : 'index';
};
