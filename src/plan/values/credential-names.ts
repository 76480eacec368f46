/** `apiToken` as `API_TOKEN`. */
const inWords = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();

/** The last word of a credential's name, in the singular: `GITHUB_TOKEN` is one, `MAX_TOKENS` and `TOKEN_TTL` are not. */
const LAST_WORD =
  /(^|_)(SECRET|TOKEN|PASSPHRASE|CREDENTIALS?|(API|ACCESS|PRIVATE|SECRET)_?KEY|ACCESS_?KEY_?ID)$|PASSW(OR)?D$|_(AUTH|PAT)$/;

/** User names of indexes. No word in them says that they are credentials. */
const OF_AN_INDEX = /^(UV_INDEX|POETRY_HTTP_BASIC)_[A-Z0-9_]+_USERNAME$/;

/**
 * Build backends document these as content. They end with the name of a package, which may be any word.
 *
 * @see https://setuptools-scm.readthedocs.io/en/latest/overrides/
 */
const OF_A_PACKAGE = /_(PRETEND_(VERSION|METADATA)|OVERRIDES)_FOR_/;

/**
 * Whether a variable holds a credential, judged by its name. No hash has its value: a new password makes no new bundle. The value of
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
 * Whether a variable may hold a secret, judged by its name. Its value is hidden in the output of tools. Hiding too much does no harm, so
 * this holds for more names than {@link isCredentialName}.
 */
export const mayHoldSecret = (name: string): boolean =>
  ANY_WORD.test(inWords(name)) || isCredentialName(name);
