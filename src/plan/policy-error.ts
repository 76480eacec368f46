import { type NotPinned, showNotPinned } from './not-pinned';
import { showPolicyFirst } from './required-by';

/** A declaration that is not as an option, or a context key, asks for. */
export type PolicyError = { readonly key?: string } & (
  | NotPinned
  /** Some requirements have no hash. */
  | { readonly _tag: 'NotHashed'; readonly file: string; readonly requirements: readonly string[] }
);

export const showPolicyError = (error: PolicyError): string => {
  switch (error._tag) {
    case 'NotHashed':
      return `${showPolicyFirst('requireHashes', error.key)} is set, but ${error.file} has no hash for: ${error.requirements.join(', ')}. Lock with hashes (\`uv pip compile --generate-hashes\`, or a lock file), or take the ${error.key === undefined ? 'option' : 'key'} away.`;
    case 'NotPinned':
      return `${showPolicyFirst('requirePinned', error.key)} is set, but ${showNotPinned(error)} Run \`${error.command}\`.`;
  }
};
