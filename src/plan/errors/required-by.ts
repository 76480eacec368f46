import type { DependencyRequest } from '../request/bundle-request';

/** The name, in a message, of the option, context key, variable or file that requires hashes or pins. */
export const showPolicy = (option: 'requireHashes' | 'requirePinned', key: string | undefined): string =>
  key === undefined ? `\`dependencies.${option}\`` : isContextKey(key) ? `the context key \`${key}\`` : key;

/** Other texts name a variable or a settings file in words. */
const isContextKey = (key: string): boolean => key.startsWith('cdk-lambda-python:');

/** What a user removes to end the policy. */
export const policyKind = (key: string | undefined): 'option' | 'key' | 'setting' =>
  key === undefined ? 'option' : isContextKey(key) ? 'key' : 'setting';

/** {@link showPolicy} at the beginning of a sentence. */
export const showPolicyFirst = (...policy: Parameters<typeof showPolicy>): string =>
  showPolicy(...policy).replace(/^t/, 'T');

/** A request that requires hashes. An option or context key that requires them already keeps its name in messages. */
export const requiringHashes = (
  dependencies: DependencyRequest,
  by: string | undefined,
): DependencyRequest =>
  by === undefined || dependencies.requireHashes
    ? dependencies
    : { ...dependencies, requireHashes: true, requiredBy: { ...dependencies.requiredBy, hashes: by } };
