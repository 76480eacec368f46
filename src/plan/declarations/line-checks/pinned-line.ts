import { isLeft } from 'fp-ts/Either';
import { parseRequirement } from '../../packaging/requirement/requirement';
import { isUnpinnedGit } from './requirements-check';
import { withoutOptions } from '../lines/without-options';

/**
 * What fixes the file that a requirement installs: the line itself (`fixed`), or nothing. Where nothing does, `index` is answered by
 * whatever an index has that day, `url` by whatever a URL answers, and `git` by whatever a branch or a tag names.
 */
export type Pin = 'fixed' | 'index' | 'url' | 'git';

const HASH_OPTION = /\s--hash[\s=]/;
const HASH_IN_FRAGMENT = /[#&](?:sha256|sha384|sha512)=/;

/** From the first `#` of a URL on; the empty text where there is none. */
export const fragmentOf = (url: string): string => (url.includes('#') ? url.slice(url.indexOf('#')) : '');

/** Whether a line names the hash of what it installs. */
export const hasHash = (line: string): boolean =>
  HASH_OPTION.test(line) || HASH_IN_FRAGMENT.test(fragmentOf(line));

/** Whether a specifier leaves one version: `==` or `===`, and no `*`. */
export const namesOneVersion = (specifier: string): boolean =>
  specifier.split(',').some((clause) => /^={2,3}[^*]+$/.test(clause.trim()));

const REPOSITORY = /^(git|hg|svn|bzr)\+/;

const pinOfUrl = (url: string, requirement: string): Pin => {
  if (!REPOSITORY.test(url)) return 'url';
  // Other systems than Git have no id that names a content.
  return url.startsWith('git+') && !isUnpinnedGit(requirement) ? 'fixed' : 'git';
};

/**
 * What fixes a requirement, as a requirements file has it.
 *
 * @param constraint the line of a constraints file about the same name; the empty text where there is none
 */
export const pinOf = (text: string, constraint = ''): Pin => {
  if (hasHash(text) || hasHash(constraint)) return 'fixed';
  const requirement = withoutOptions(text);
  const parsed = parseRequirement(requirement);
  // A URL without a name has no grammar; what a variable stands for is not known here.
  if (isLeft(parsed))
    return /^[a-z][a-z0-9+.-]*:\/\//i.test(requirement) ? pinOfUrl(requirement, requirement) : 'index';
  const { url, specifier } = parsed.right;
  if (url !== null) return pinOfUrl(url, requirement);
  const constrained = parseRequirement(withoutOptions(constraint));
  const specifiers = [specifier, isLeft(constrained) ? '' : constrained.right.specifier];
  return specifiers.some(namesOneVersion) ? 'fixed' : 'index';
};
