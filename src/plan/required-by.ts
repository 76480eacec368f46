/** What asks for hashes or for pins, as a message names it: an option, or a context key where one does. */
export const showPolicy = (option: 'requireHashes' | 'requirePinned', key: string | undefined): string =>
  key === undefined ? `\`dependencies.${option}\`` : `the context key \`${key}\``;

/** The same at the beginning of a sentence. */
export const showPolicyFirst = (...policy: Parameters<typeof showPolicy>): string =>
  showPolicy(...policy).replace(/^t/, 'T');
