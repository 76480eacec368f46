/**
 * Native code among the user's own files that cannot run on the target.
 *
 * @since 0.1.0
 */
export interface ForeignSource {
  readonly _tag: 'ForeignSource';
  /** Path in the bundle: relative to the entry's folder, unless it is included. */
  readonly path: string;
  /** Absolute path of an included file; null for a file of the entry's folder. */
  readonly included: string | null;
  readonly needs: string;
  /** The number of further refused files. */
  readonly others: number;
  readonly target: string;
}

export const showForeignSource = ({ path, included, needs, others, target }: ForeignSource): string => {
  const of = included === null ? 'the entry' : `\`bundling.include\` (${included})`;
  const more = others === 0 ? '' : ` (and ${others} more)`;
  return `${path}${more} of ${of} is native code for ${needs}; the target is ${target}. Leave it out with \`bundling.exclude\`${included === null ? '' : ' or `bundling.include`'}, or build it for the target, for instance in the image of the runtime.`;
};
