import * as path from 'node:path';
import { attrModules, isRunFor } from '../../plan/packaging/builds/attr-modules';
import { buildScripts } from '../../plan/packaging/builds/build-scripts';
import type { BuildFileTexts } from '../../plan/packaging/builds/outside-paths';
import { BUILD_FILES } from '../../plan/packaging/builds/outside-paths';
import { isOutside } from '../../plan/values/paths';
import { isThere } from '../files/file-kind';
import { readText } from '../files/read-text';

const textsOf = (folder: string, files: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    files.flatMap((name): [string, string][] => {
      const file = path.join(folder, name);
      const content = isThere(file) ? readText(file) : undefined;
      return content?._tag === 'Text' ? [[name, content.text]] : [];
    }),
  );

/** The texts of a package's files that say how it is built. */
export const buildFilesIn = (folder: string): BuildFileTexts => textsOf(folder, BUILD_FILES);

/** The texts of the scripts and modules that a build runs, by their paths relative to the package's folder. */
export const buildScriptsIn = (
  { folder, within }: { readonly folder: string; readonly within: string },
  texts: BuildFileTexts,
): Readonly<Record<string, string>> => {
  const inside = (files: readonly string[]): readonly string[] =>
    files.filter((file) => !isOutside(within, path.resolve(folder, file)));
  const modules = attrModules(texts).flatMap(({ files, attribute }) =>
    Object.entries(textsOf(folder, inside(files))).filter(([, text]) => isRunFor(text, attribute)),
  );
  return {
    ...Object.fromEntries(modules),
    ...textsOf(folder, inside(buildScripts(texts['pyproject.toml'] ?? '', texts['hatch.toml']))),
  };
};
