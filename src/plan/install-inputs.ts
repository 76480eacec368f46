import * as path from 'node:path';
import type { InstallInput, LineEdit } from './install-plan';
import { commonFolder, relativePath } from './paths';
import type { RequirementsLine } from './requirements-file';
import { isRemote, readRequirements } from './requirements-file';
import type { RequirementsSnapshot, RequirementsText } from './source-snapshot';

/** The installer's inputs, laid out under one folder so that relative paths between them still hold. */
export interface InstallInputs {
  readonly inputs: readonly InstallInput[];
  /** Where the installer runs, relative to the inputs. */
  readonly workingDirectory: string;
}

/** Absolute path a line points to: `-r`, `-c` and `-f` from the file they stand in, packages from the working folder. */
export const lineTarget = (
  line: Extract<RequirementsLine, { readonly target: string }>,
  file: string,
  workingFolder: string,
): string => path.resolve(line._tag === 'LocalPackage' ? workingFolder : path.dirname(file), line.target);

/** A path that pip and uv take for one, even where it has no slash in it. */
const asPath = (relative: string): string => (relative.startsWith('.') ? relative : `./${relative}`);

const replacement = (line: RequirementsLine, file: string, workingFolder: string): string | undefined => {
  switch (line._tag) {
    case 'Include':
      return path.isAbsolute(line.target) && !isRemote(line.target)
        ? `${line.flag} ${relativePath(path.dirname(file), line.target)}`
        : undefined;
    case 'FindLinks':
      return path.isAbsolute(line.target)
        ? `--find-links ${relativePath(path.dirname(file), line.target)}`
        : undefined;
    case 'LocalPackage':
      return line.plain
        ? undefined
        : `${asPath(relativePath(workingFolder, path.resolve(workingFolder, line.target)))}${line.rest}`;
    case 'Named':
    case 'Option':
      return undefined;
  }
};

/** The lines of a file that cannot stay as they are, because another machine or Lambda could not follow them. */
const lineEdits = ({ file, text }: RequirementsText, workingFolder: string): readonly LineEdit[] =>
  readRequirements(text).flatMap((line) => {
    const rewritten = replacement(line, file, workingFolder);
    return rewritten === undefined ? [] : { ...line.at, text: rewritten };
  });

/** Applies edits to a text; the other lines keep their content, and every line ends in a line feed. */
export const applyEdits = (text: string, edits: readonly LineEdit[]): string =>
  edits.length === 0
    ? text
    : text
        .split(/\r\n|\r|\n/)
        .flatMap((line, index) => {
          const edit = edits.find(({ from, to }) => from <= index + 1 && index + 1 <= to);
          if (edit === undefined) return line;
          return edit.from === index + 1 ? edit.text : [];
        })
        .join('\n');

/** Gathers all that an installer reads for a requirements file. */
export const installInputs = ({ texts, localPackages }: RequirementsSnapshot): InstallInputs => {
  const workingFolder = path.dirname(texts[0].file);
  const base = commonFolder([
    workingFolder,
    ...texts.map(({ file }) => path.dirname(file)),
    ...localPackages.map((local) => (local.kind === 'folder' ? local.path : path.dirname(local.path))),
  ]);
  const fromTexts = texts.map((text): InstallInput => ({
    path: relativePath(base, text.file),
    from: text.file,
    digest: text.digest,
    executable: false,
    edits: lineEdits(text, workingFolder),
  }));
  const fromPackages = localPackages.flatMap((local) => {
    const folder = local.kind === 'folder' ? local.path : path.dirname(local.path);
    return local.files.map(({ path: file, digest, executable }): InstallInput => ({
      path: relativePath(base, path.join(folder, file)),
      from: path.join(folder, file),
      digest,
      executable,
      edits: [],
    }));
  });
  const unique = new Map([...fromPackages, ...fromTexts].map((input) => [input.path, input]));
  return { inputs: [...unique.values()], workingDirectory: relativePath(base, workingFolder) };
};
