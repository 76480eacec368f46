/** `apiToken` as `API_TOKEN`. */
const inWords = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();

/** What a credential's name ends with, as a whole word and in the singular: `GITHUB_TOKEN`, and neither `MAX_TOKENS` nor `TOKEN_TTL`. */
const LAST_WORD =
  /(^|_)(SECRET|TOKEN|PASSPHRASE|CREDENTIALS?|(API|ACCESS|PRIVATE|SECRET)_?KEY|ACCESS_?KEY_?ID)$|PASSW(OR)?D$|_(AUTH|PAT)$/;

/** A name of which a word says nothing. */
const OF_AN_INDEX = /^(UV_INDEX|POETRY_HTTP_BASIC)_[A-Z0-9_]+_USERNAME$/;

/**
 * Build backends document these as content. They end with the name of a package, which may be any word.
 *
 * @see https://setuptools-scm.readthedocs.io/en/latest/overrides/
 */
const OF_A_PACKAGE = /_(PRETEND_(VERSION|METADATA)|OVERRIDES)_FOR_/;

/**
 * Whether a variable holds a credential, by its name. Its value is in no hash: a new password makes no new bundle. The value of
 * any other variable may decide what a bundle holds, so this must hold for few names.
 */
export const isCredentialName = (name: string): boolean => {
  if (OF_A_PACKAGE.test(name)) return false;
  const words = inWords(name);
  return LAST_WORD.test(words) || OF_AN_INDEX.test(words);
};

const ANY_WORD =
  /(SECRETS?|TOKENS?|PASSWO?R?DS?|PASSPHRASES?|CREDENTIALS?|API_?KEYS?|ACCESS_?KEYS?|PRIVATE_?KEYS?|SECRET_?KEYS?)(?![A-Z])/;

/**
 * Whether a variable may hold a secret, by its name. Its value is hidden where tools print it. To hide too much does no harm, so
 * this holds for more names than {@link isCredentialName}.
 */
export const mayHoldSecret = (name: string): boolean =>
  ANY_WORD.test(inWords(name)) || isCredentialName(name);
