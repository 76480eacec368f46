import { showPolicyFirst } from './required-by';

/** A declaration that has no hash of some requirements, where each must have one. */
export interface NotHashed {
  readonly _tag: 'NotHashed';
  /** Absolute path. */
  readonly file: string;
  readonly requirements: readonly string[];
  /** The context key that asks for hashes. @default the option `dependencies.requireHashes` */
  readonly key?: string;
}

export const showNotHashed = ({ file, requirements, key }: NotHashed): string =>
  `${showPolicyFirst('requireHashes', key)} is set, but ${file} has no hash for: ${requirements.join(', ')}. ` +
  `Lock with hashes (\`uv pip compile --generate-hashes\`, or a lock file), or take the ${key === undefined ? 'option' : 'key'} away.`;
