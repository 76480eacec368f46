import type { BundlePlan, SourceFile } from '../model/bundle-plan';
import { relativePath, staysInside } from '../values/paths';

/** Where the files of a plan are on another machine, or in another folder. */
interface NewPlaces {
  /** Absolute path of the folder that stands for the plan's root. */
  readonly root: string;
  /** Absolute path of the folder for what the installer reads and does not lie in the root. */
  readonly outside: string;
  /** Absolute path of the finished bundle. */
  readonly output: string;
}

/**
 * The same plan for files that lie elsewhere. No hash changes: none has a place in it.
 *
 * @since 0.1.0
 */
export const relocatePlan = (plan: BundlePlan, places: NewPlaces): BundlePlan => {
  const { entry, install, output, sources } = plan;
  const moved = (file: string): string | undefined => {
    const relative = relativePath(entry.root, file);
    return staysInside(relative) ? join(places.root, relative) : undefined;
  };
  const inputs = (install?.inputs ?? []).map((input, index) => ({
    ...input,
    // By number: two of them may have one name, and the installer sees the path among the gathered inputs.
    from: moved(input.from) ?? join(places.outside, `${index}-${basename(input.from)}`),
  }));
  // By number as well: any of these folders may have the name of another.
  const folders = [...new Set(sources.flatMap(({ folder }) => folder ?? []))];
  const sourceIn = ({ folder, ...source }: SourceFile): SourceFile =>
    folder === undefined
      ? source
      : { ...source, folder: join(places.outside, `included-${folders.indexOf(folder)}`) };
  const declared = install?.inputs.findIndex(({ from }) => from === install.declaration) ?? -1;
  return {
    ...plan,
    sources: sources.map(sourceIn),
    entry: { ...entry, file: moved(entry.file) ?? entry.file, root: places.root },
    install: install && {
      ...install,
      declaration: inputs[declared]?.from ?? install.declaration,
      inputs,
    },
    output: { ...output, path: places.output },
  };
};

const join = (folder: string, relative: string): string =>
  relative === '' || relative === '.' ? folder : `${folder}/${relative}`;

const basename = (file: string): string => file.replace(/^.*[\\/]/, '');
