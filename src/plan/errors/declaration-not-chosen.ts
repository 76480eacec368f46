import type { NeededImport } from '../imports/needed-import';

/** A bundle needs dependencies, and the files that may declare them are used only if `dependencies.from` names them. */
export interface DeclarationNotChosen {
  readonly _tag: 'DeclarationNotChosen';
  /**
   * The import that nothing provides; its file is an absolute path.
   *
   * @default - it is a layer without own modules, in which nothing could be imported
   */
  readonly needed?: NeededImport;
  /** Absolute path of the folder in which declarations are looked for first. */
  readonly folder: string;
  /** The files, relative to that folder. */
  readonly found: readonly [string, ...string[]];
}

export const showNotChosen = ({ needed, folder, found }: DeclarationNotChosen): string => {
  const [first, ...others] = found;
  const [are, them] = others.length === 0 ? ['is', 'it'] : ['are', 'them'];
  const orNone = needed === undefined ? 'nothing is to be installed' : 'something else provides the module';
  return `${subject(needed, folder)} is used: ${folder} has ${found.join(', ')}, which ${are} used only if \`dependencies.from\` names ${them}. Set it to "${first}"${others.length === 0 ? '' : ', or to another of them'}, or to "none" if ${orNone}.`;
};

const subject = (needed: NeededImport | undefined, folder: string): string => {
  if (needed === undefined)
    return `The layer of ${folder} has no module of its own, and no declaration in the folder`;
  const { handler, module, file, line } = needed;
  return `${handler === undefined ? `${file}:${line} imports ${module}` : `The handler ${handler} is in ${module}`}, and no declaration beside the entry`;
};
