/** An error of `bundling.include`. */
export type IncludeError =
  /** The path does not exist. */
  | { readonly _tag: 'IncludedNotFound'; readonly from: string; readonly tried: readonly string[] }
  /** Two files would have the same path in the bundle. `file` and `other` are absolute. */
  | {
      readonly _tag: 'IncludeConflict';
      readonly path: string;
      readonly file: string;
      readonly other: string;
    };

export const showIncludeError = (error: IncludeError): string => {
  switch (error._tag) {
    case 'IncludedNotFound':
      return `\`bundling.include\` names ${JSON.stringify(error.from)}, which does not exist. Looked for: ${error.tried.join(', ')}`;
    case 'IncludeConflict':
      return `\`bundling.include\` puts ${error.file} at ${error.path} in the bundle, but ${error.other} has that place. Choose another \`to\`, or leave one of them out with \`bundling.exclude\`.`;
  }
};
