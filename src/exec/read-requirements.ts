import * as fs from 'node:fs';
import * as path from 'node:path';
import ignore from 'ignore';
import { sha256 } from '../plan/hash';
import { LOCAL_PACKAGE_IGNORES } from '../plan/ignore-rules';
import { lineTarget } from '../plan/line-target';
import type { PackageMetadataFiles } from '../plan/local-package';
import { localPackageName, PACKAGE_METADATA_FILES } from '../plan/local-package';
import type { PlanError } from '../plan/plan-error';
import { isRemote } from '../plan/local-reference';
import { readRequirements } from '../plan/requirements-file';
import type { LocalPackage, RequirementsSnapshot, RequirementsText } from '../plan/source-snapshot';
import { digestFileSync } from './digest';
import { fileKind, isMissing, isThere, unreadable } from './file-kind';
import { inside } from './real-path';
import { readText } from './read-text';
import { walk } from './walk';

export interface ReadRequirements {
  readonly requirements: RequirementsSnapshot | null;
  readonly problems: readonly PlanError[];
}

/**
 * Reads a requirements file, all files it includes, and the local packages they name. A missing one is no problem.
 *
 * @param outputDirectory absolute path of the folder that bundles go to: not a part of any package
 */
export const readRequirementsTree = (file: string, outputDirectory: string): ReadRequirements => {
  if (!isThere(file)) return { requirements: null, problems: [] };
  const texts = new Map<string, RequirementsText>();
  const locals = new Map<string, LocalPackage>();
  const problems: PlanError[] = [];
  const workingFolder = path.dirname(file);

  const read = (current: string): void => {
    if (texts.has(current)) return;
    const content = readText(current);
    if (content._tag === 'Problem') {
      problems.push(content.problem);
      return;
    }
    texts.set(current, { file: current, text: content.text, digest: sha256(content.bytes) });
    for (const line of readRequirements(content.text)) {
      if (line._tag === 'Named' || line._tag === 'Option' || isRemote(line.target)) continue;
      const target = lineTarget(line, current, workingFolder);
      const where = { path: target, file: current, line: line.at.from };
      if (line._tag === 'Include') {
        if (isThere(target)) read(target);
        else problems.push({ _tag: 'IncludeNotFound', ...where });
      } else if (!locals.has(target)) {
        const local = readLocal(target, outputDirectory);
        if (local === undefined) problems.push({ _tag: 'LocalPackageNotFound', ...where });
        else {
          locals.set(target, local.value);
          problems.push(...local.problems);
        }
      }
    }
  };

  read(file);
  const [first, ...rest] = [...texts.values()];
  return {
    requirements:
      first === undefined ? null : { texts: [first, ...rest], localPackages: [...locals.values()] },
    problems,
  };
};

const readLocal = (
  target: string,
  outputDirectory: string,
): { readonly value: LocalPackage; readonly problems: readonly PlanError[] } | undefined => {
  const none = { path: target, name: null, files: [] };
  try {
    const stats = fs.statSync(target);
    if (stats.isDirectory()) {
      const rules = ignore({ allowRelativePaths: true, ignorecase: false }).add([...LOCAL_PACKAGE_IGNORES]);
      const output = inside(target, outputDirectory);
      const ignores = (relative: string): boolean =>
        (output !== undefined && relative === `${output}/`) || rules.ignores(relative);
      const { files, problems } = walk(target, ignores, 'follow');
      return { value: { ...none, kind: 'folder', name: nameOf(target), files }, problems };
    }
    if (!stats.isFile()) {
      const problem = { _tag: 'UnsupportedFile', path: target, kind: fileKind(stats) } as const;
      return { value: { ...none, kind: 'file' }, problems: [problem] };
    }
    const file = { path: path.basename(target), executable: false, ...digestFileSync(target) };
    return { value: { ...none, kind: 'file', files: [file] }, problems: [] };
  } catch (error) {
    return isMissing(error)
      ? undefined
      : { value: { ...none, kind: 'file' }, problems: [unreadable(target, error)] };
  }
};

const nameOf = (folder: string): string | null => {
  const texts = PACKAGE_METADATA_FILES.flatMap((name): [string, string][] => {
    const content = readText(path.join(folder, name));
    return content._tag === 'Text' ? [[name, content.text]] : [];
  });
  return localPackageName(Object.fromEntries(texts) as PackageMetadataFiles);
};
