/** Turns `apiToken` into `API_TOKEN`. */
const inWords = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();

/**
 * The end of a credential's name, as a whole word in the singular: `GITHUB_TOKEN`, but not `MAX_TOKENS` or `TOKEN_TTL`.
 */
const LAST_WORD =
  /(^|_)(SECRET|TOKEN|PASSPHRASE|CREDENTIALS?|(API|ACCESS|PRIVATE|SECRET)_?KEY|ACCESS_?KEY_?ID)$|PASSW(OR)?D$|_(AUTH|PAT)$/;

/** User names for indexes: no single word marks them as credentials. */
const OF_AN_INDEX = /^(UV_INDEX|POETRY_HTTP_BASIC)_[A-Z0-9_]+_USERNAME$/;

/**
 * Build backends document these variables as content of a build. They end with a package name, which may be any word.
 *
 * @see https://setuptools-scm.readthedocs.io/en/latest/overrides/
 */
const OF_A_PACKAGE = /_(PRETEND_(VERSION|METADATA)|OVERRIDES)_FOR_/;

/**
 * Whether a variable's name says that it holds a credential. Hashes leave its value out, so a new password makes no new
 * bundle. The value of any other variable may decide the content of a bundle, so few names must match.
 */
export const isCredentialName = (name: string): boolean => {
  if (OF_A_PACKAGE.test(name)) return false;
  const words = inWords(name);
  return LAST_WORD.test(words) || OF_AN_INDEX.test(words);
};

const ANY_WORD =
  /(SECRETS?|TOKENS?|PASSWO?R?DS?|PASSPHRASES?|CREDENTIALS?|API_?KEYS?|ACCESS_?KEYS?|PRIVATE_?KEYS?|SECRET_?KEYS?)(?![A-Z])/;

/**
 * Whether a variable's name says that it may hold a secret, which is then hidden in the output of tools. Hiding too
 * much does no harm, so this matches more names than {@link isCredentialName}.
 */
export const mayHoldSecret = (name: string): boolean =>
  ANY_WORD.test(inWords(name)) || isCredentialName(name);
