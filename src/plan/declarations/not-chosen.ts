/** Files that declare dependencies, but under names that are only used where they are named. */
export interface DeclarationNotChosen {
  readonly _tag: 'DeclarationNotChosen';
  /** Absolute path of the file whose import nothing provides. */
  readonly file: string;
  readonly line: number;
  readonly module: string;
  /** Absolute path of the folder in which declarations are looked for first. */
  readonly folder: string;
  /** The files, relative to that folder. */
  readonly found: readonly [string, ...string[]];
}

export const showNotChosen = ({ file, line, module, folder, found }: DeclarationNotChosen): string =>
  `${file}:${line} imports ${module}, and no declaration beside the entry is used: ${folder} has ${found.join(', ')}, which ${found.length === 1 ? 'is' : 'are'} used only where ${found.length === 1 ? 'it is' : 'they are'} named. Set \`dependencies.from\` to "${found[0]}"${found.length === 1 ? '' : ', or to another of them'}, or to "none" where something else provides the module.`;
