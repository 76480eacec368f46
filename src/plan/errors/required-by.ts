import type { DependencyRequest } from '../request/bundle-request';

/** What asks for hashes or for pins, as a message names it: an option, or a context key where one does. */
export const showPolicy = (option: 'requireHashes' | 'requirePinned', key: string | undefined): string =>
  key === undefined ? `\`dependencies.${option}\`` : isContextKey(key) ? `the context key \`${key}\`` : key;

/** What is no key names a variable or a file of settings as it is. */
const isContextKey = (key: string): boolean => key.startsWith('cdk-lambda-python:');

/** What to take away where the policy is not meant. */
export const policyKind = (key: string | undefined): 'option' | 'key' | 'setting' =>
  key === undefined ? 'option' : isContextKey(key) ? 'key' : 'setting';

/** The same at the beginning of a sentence. */
export const showPolicyFirst = (...policy: Parameters<typeof showPolicy>): string =>
  showPolicy(...policy).replace(/^t/, 'T');

/** A request that is refused where a requirement has no hash; an option or a context key that asks for hashes is named first. */
export const requiringHashes = (
  dependencies: DependencyRequest,
  by: string | undefined,
): DependencyRequest =>
  by === undefined || dependencies.requireHashes
    ? dependencies
    : { ...dependencies, requireHashes: true, requiredBy: { ...dependencies.requiredBy, hashes: by } };
