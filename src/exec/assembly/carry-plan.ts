import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { GitMetadata } from '../../plan/model/git-metadata';
import { holdsCredentials } from '../../plan/packaging/requirement/url-credentials';
import { sourcePlace } from '../../plan/model/source-place';
import type { ExecutionError } from '../errors/execution-error';
import { fileError } from '../store/file-errors';
import { readAsPlanned } from '../install/read-as-planned';

/** The folder of a cloud assembly that holds plans, and the files that they need. */
export const CARRIED = 'cdk-lambda-python';

/** The path of a plan in the folder of its bundle. */
export const carriedPlan = ({ output, hash }: BundlePlan): string =>
  path.join(path.dirname(output.path), CARRIED, `${hash.asset}.json`);

/** The path of a carried file: its content names it, so plans share it. */
export const carriedFile = (folder: string, digest: string): string => path.join(folder, 'files', digest);

/** A file that a plan needs. */
interface NeededFile {
  readonly from: string;
  readonly digest: string;
  readonly executable: boolean;
  /** Whether some of its lines are rewritten before anything reads them: then it may have a password. */
  readonly isEdited: boolean;
}

/** All files of the user's that a plan needs. A file that is both shipped and read by the installer is listed twice. */
export const neededFiles = ({ entry, sources, install }: BundlePlan): readonly NeededFile[] => [
  ...sources.map((source) => ({
    from: sourcePlace(entry, source),
    digest: source.digest,
    executable: source.executable,
    isEdited: false,
  })),
  ...(install?.inputs ?? []).map(({ from, digest, executable, hashed }) => ({
    from,
    digest,
    executable,
    isEdited: hashed !== digest,
  })),
];

const packagesOf = ({ from, packages }: GitMetadata): readonly string[] =>
  packages.map((one) => path.join(from, one));

/** A plan in a cloud assembly. */
export interface CarriedPlan {
  readonly plan: BundlePlan;
  /** Names of the variables with values for the installer. The machine that makes the bundle must have the values. */
  readonly variables: readonly string[];
}

/**
 * Puts a plan into the cloud assembly, with a copy of every file that it needs, so that any machine can make the bundle
 * when it is published. Each file must be as planned. Nothing is installed.
 */
export const carryPlan = (carried: CarriedPlan): E.Either<ExecutionError, void> => {
  const { plan } = carried;
  const file = carriedPlan(plan);
  const folder = path.dirname(file);
  const { git = [] } = plan.install ?? {};
  if (git.length > 0) return E.left({ _tag: 'GitNotCarried', packages: git.flatMap(packagesOf) });
  try {
    fs.mkdirSync(path.join(folder, 'files'), { recursive: true });
    for (const needed of neededFiles(plan)) {
      const error = carryFile(needed, carriedFile(folder, needed.digest));
      if (error !== undefined) return E.left(error);
    }
    putFile(file, JSON.stringify(carried));
    return E.right(undefined);
  } catch (error) {
    return E.left(fileError(error, folder));
  }
};

const carryFile = ({ from, digest, isEdited }: NeededFile, target: string): ExecutionError | undefined => {
  const content = readAsPlanned(from, { digest });
  if (content === undefined) return { _tag: 'SourceChanged', path: from };
  if (isEdited && holdsCredentials(content.toString())) return { _tag: 'SecretInAssembly', path: from };
  // A file of this name has this content, unless somebody has changed it: then publishing reports it.
  if (fs.statSync(target, { throwIfNoEntry: false })?.size !== content.length) putFile(target, content);
  return undefined;
};

/**
 * Two stages of an app may write the same file, and a synthesis may be interrupted: the file is complete, or missing.
 */
const putFile = (file: string, content: string | Uint8Array): void => {
  const partial = `${file}.${process.pid}.partial`;
  fs.writeFileSync(partial, content);
  fs.renameSync(partial, file);
};
