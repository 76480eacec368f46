import { type NotPinned, showNotPinned } from './not-pinned';
import { policyKind, showPolicyFirst } from './required-by';

/** A requirement without a hash or an exact version, which hash checking refuses. */
interface LackingLine {
  readonly file: string;
  readonly line: number;
  readonly requirement: string;
  readonly lacks: 'hash' | 'version';
}

/** A declaration that does not fulfil an option or a context key. */
export type PolicyError = { readonly key?: string } & (
  | NotPinned
  /** Some requirements have no hash. */
  | {
      readonly _tag: 'NotHashed';
      readonly file: string;
      readonly requirements: readonly string[];
      /** Of a lock: the line of each requirement. */
      readonly lines?: readonly number[];
    }
  /** A line has a hash, so that all requirements need one, and some have none. */
  | {
      readonly _tag: 'HashesForSome';
      /** Absolute path; `line` is the line with the hash. */
      readonly file: string;
      readonly line: number;
      readonly lacking: readonly LackingLine[];
    }
);

const placed = ({
  requirements,
  lines = [],
}: Extract<PolicyError, { readonly _tag: 'NotHashed' }>): readonly string[] =>
  requirements.map((one, at) => (lines[at] === undefined ? one : `${one} (line ${lines[at]})`));

export const showPolicyError = (error: PolicyError): string => {
  switch (error._tag) {
    case 'NotHashed':
      return `${showPolicyFirst('requireHashes', error.key)} is set, but ${error.file} has no hash for: ${placed(error).join(', ')}. Lock with hashes (\`uv pip compile --generate-hashes\`, or a lockfile), or remove the ${policyKind(error.key)}.`;
    case 'HashesForSome':
      return `${error.file}:${error.line} asks for hashes, so by pip's rule every requirement needs a hash and an exact version (\`==\`). These do not have both:${error.lacking.map(({ file, line, requirement, lacks }) => `\n  ${file}:${line}: ${requirement} has no ${lacks === 'hash' ? 'hash' : 'exact version'}`).join('')}\nGenerate the file with hashes for all (\`uv pip compile --generate-hashes\`), or remove all hashes.`;
    case 'NotPinned':
      return `${showPolicyFirst('requirePinned', error.key)} is set, but ${showNotPinned(error)} Run \`${error.command}\`.`;
  }
};
