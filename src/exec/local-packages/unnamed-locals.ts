import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { RequirementsLine } from '../../plan/declarations/lines/requirements-file';
import { readRequirements } from '../../plan/declarations/lines/requirements-file';
import type { HostTool } from '../../plan/model/host-plan';
import type { InstallPlan } from '../../plan/model/install-plan';
import { localPackageName, PACKAGE_METADATA_FILES } from '../../plan/packaging/local/local-package';
import { pathOfUrl } from '../../plan/packaging/local/local-reference';
import type { ExecutionError } from '../errors/execution-error';
import { withName } from './name-local-packages';
import { requirementFiles, textOf } from '../files/requirement-texts';
import type { CommandResult } from '../process/shell';
import { succeeded } from '../process/shell';
import type { Run } from '../scripts/wheels-first';

/** A local package whose name only its build knows, for example because its setup.py computes it. */
export interface UnnamedLocal {
  /** Its folder within the gathered inputs, with `/`; empty for the root of these. */
  readonly folder: string;
  /** The lines that require it alone, relative to the installer's working directory: first the lines for indexes. */
  readonly text: string;
}

/** Options that name indexes. A build needs these; the other options are about the install. */
const OF_INDEXES = /^(?:-i|--(?:index-url|extra-index-url|no-index|trusted-host))(?![\w-])/;

const indexLine = (line: RequirementsLine, file: string, cwd: string): readonly string[] => {
  if (line._tag === 'FindLinks')
    return [`--find-links ${path.relative(cwd, path.resolve(path.dirname(file), line.target)) || '.'}`];
  const isIndex =
    line._tag === 'Option' && (OF_INDEXES.test(line.text) || /^(?:-f|--find-links)\b/.test(line.text));
  return isIndex ? [line.text] : [];
};

/** The required local packages whose name is not written in their files. */
export const unnamedLocals = (
  { inputs, requirements, workingDirectory }: InstallPlan,
  inputFolder: string,
): readonly UnnamedLocal[] => {
  const isMetadata = (file: string): boolean =>
    (PACKAGE_METADATA_FILES as readonly string[]).includes(path.posix.basename(file));
  const packages = new Set(inputs.filter((one) => isMetadata(one.path)).map((one) => path.dirname(one.path)));
  const unnamed = [...packages].filter((folder) => {
    const texts = PACKAGE_METADATA_FILES.map((name): readonly [string, string] => [
      name,
      textOf(path.join(inputFolder, folder, name)),
    ]).filter(([, text]) => text !== '');
    if (texts.length === 0) return false;
    return localPackageName(Object.fromEntries(texts)) === null;
  });
  if (unnamed.length === 0) return [];
  const cwd = path.join(inputFolder, workingDirectory);
  const files = requirementFiles(requirements.map((file) => path.join(cwd, file)));
  const lines = files.flatMap(({ text = '' }) => readRequirements(text));
  const options = files.flatMap(({ file, text = '' }) =>
    readRequirements(text).flatMap((line) => indexLine(line, file, cwd)),
  );
  return unnamed.flatMap((folder) => {
    const asked = lines.find(
      (line) =>
        line._tag === 'LocalPackage' && path.resolve(cwd, line.target) === path.join(inputFolder, folder),
    );
    return asked === undefined
      ? []
      : { folder: folder === '.' ? '' : folder, text: [...options, asked.text, ''].join('\n') };
  });
};

/** The requirements file for one of them. */
const ALONE = 'unnamed-local-package.txt';

/** Options with a value that a naming run must not have. */
const VALUED = ['--only-binary', '--no-binary', '--index-strategy', '--requirement'];

/** A run of uv that builds only the metadata of a package. Its dependencies are ignored. */
const namingRuns = ([first = []]: HostTool['runs']): HostTool['runs'] => {
  const kept = first.filter(
    (argument, at) =>
      ![...VALUED, '--no-deps', '--require-hashes'].includes(argument) &&
      !VALUED.includes(first[at - 1] ?? ''),
  );
  return [[...kept, '--no-deps', '--dry-run', '--requirement', ALONE]];
};

/**
 * The name that uv prints for a package; undefined if its marker excludes it.
 *
 * @example " + lib @ file:///tmp/1-00000000-a/input/lib"
 * @example " + lib==1.0 (from file:///tmp/1-00000000-a/input/lib)"
 */
const nameIn = (output: string, folder: string): string | undefined =>
  [...output.matchAll(/^ \+ ([A-Za-z0-9][\w.-]*)(?: @ |==\S+ \(from )(file:[^\s)]+)/gm)].find(
    ([, , url = '']) => pathOfUrl(url).endsWith(path.posix.join('/input', folder)),
  )?.[1];

/** The build of a package did not give its name. */
export interface Unnameable {
  readonly _tag: 'Unnameable';
  readonly local: UnnamedLocal;
  readonly result: CommandResult;
}

/**
 * Finds the names of local packages with uv, each in a build of its own, and writes them into setup.cfg, where uv looks
 * for names: it builds only packages that are allowed by name.
 *
 * @param run runs uv, with builds allowed
 */
export const nameUnnamed = async (
  unnamed: readonly UnnamedLocal[],
  { workingDirectory }: Pick<InstallPlan, 'workingDirectory'>,
  inputFolder: string,
  runs: HostTool['runs'],
  run: (runs: HostTool['runs']) => Run,
): Promise<E.Either<ExecutionError | Unnameable, readonly string[]>> => {
  const names: string[] = [];
  for (const local of unnamed) {
    const file = path.join(inputFolder, workingDirectory, ALONE);
    await fs.writeFile(file, local.text);
    const ran = await run(namingRuns(runs))([], true);
    await fs.rm(file);
    if (E.isLeft(ran)) return ran;
    if (!succeeded(ran.right)) return E.left({ _tag: 'Unnameable', local, result: ran.right });
    const name = nameIn(ran.right.output, local.folder);
    if (name === undefined) continue;
    names.push(name);
    const configuration = path.join(inputFolder, local.folder, 'setup.cfg');
    await fs.writeFile(configuration, withName(textOf(configuration), name));
  }
  return E.right(names);
};
