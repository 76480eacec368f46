/** The last words of names that hold secrets: a `GITHUB_TOKEN`, but no `TOKENIZER_MODEL`. */
const WORDS =
  /(SECRETS?|TOKENS?|PASSWO?R?DS?|PASSPHRASES?|CREDENTIALS?|API_?KEYS?|ACCESS_?KEYS?|PRIVATE_?KEYS?|SECRET_?KEYS?)(?![A-Z])/;

/** Names that a word does not tell. */
const NAMES = /_AUTH$|^UV_INDEX_[A-Z0-9_]+_USERNAME$/;

/** `apiToken` as `API_TOKEN`. */
const inWords = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();

/**
 * Whether a variable holds a credential, by its name. Its value is in no hash and in no message: who replaces a password
 * gets the same bundle.
 */
export const isCredentialName = (name: string): boolean => {
  const words = inWords(name);
  return WORDS.test(words) || NAMES.test(words);
};
