/** Files that declare dependencies, but under names that are only used where they are named. */
export interface DeclarationNotChosen {
  readonly _tag: 'DeclarationNotChosen';
  /** Absolute path of the file whose import nothing provides. */
  readonly file: string;
  /** From 1; 0 where the handler names the module. */
  readonly line: number;
  readonly module: string;
  /** The handler string that names the module. @default a line of the file does */
  readonly handler?: string;
  /** Absolute path of the folder in which declarations are looked for first. */
  readonly folder: string;
  /** The files, relative to that folder. */
  readonly found: readonly [string, ...string[]];
}

export const showNotChosen = ({ file, line, module, handler, folder, found }: DeclarationNotChosen): string =>
  `${handler === undefined ? `${file}:${line} imports ${module}` : `The handler ${handler} is in ${module}`}, and no declaration beside the entry is used: ${folder} has ${found.join(', ')}, which ${found.length === 1 ? 'is' : 'are'} used only where ${found.length === 1 ? 'it is' : 'they are'} named. Set \`dependencies.from\` to "${found[0]}"${found.length === 1 ? '' : ', or to another of them'}, or to "none" where something else provides the module.`;
