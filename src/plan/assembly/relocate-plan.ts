import type { BundlePlan, SourceFile } from '../model/bundle-plan';
import { relativePath, staysInside } from '../values/paths';

/** The places of a plan's files on another machine, or in another folder. */
interface NewPlaces {
  /** Absolute path of the folder that replaces the plan's root. */
  readonly root: string;
  /** Absolute path of the folder for files outside the root. */
  readonly outside: string;
  /** Absolute path of the finished bundle. */
  readonly output: string;
}

/**
 * The same plan for files in other places. No hash changes, because hashes do not include places.
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
    // Numbered, because two files may have one name. The installer sees the path among the gathered inputs.
    from: moved(input.from) ?? join(places.outside, `${index}-${basename(input.from)}`),
  }));
  // Numbered as well: two folders may have one name.
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
