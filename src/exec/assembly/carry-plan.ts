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

/** Where a plan lies in the folder of its bundle. */
export const carriedPlan = ({ output, hash }: BundlePlan): string =>
  path.join(path.dirname(output.path), CARRIED, `${hash.asset}.json`);

/** Where a file lies among those of a carried plan: by its content, which plans share. */
export const carriedFile = (folder: string, digest: string): string => path.join(folder, 'files', digest);

/** A file that a plan needs. */
interface NeededFile {
  readonly from: string;
  readonly digest: string;
  readonly executable: boolean;
  /** Whether lines of it are written anew before anything reads them: then it may hold a password. */
  readonly isEdited: boolean;
}

/** Every file of the user's that a plan is carried out with; what is both shipped and read by the installer is there twice. */
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

/** A plan as it lies in a cloud assembly. */
export interface CarriedPlan {
  readonly plan: BundlePlan;
  /** Names of the variables that the installer was given values of. The values are where the bundle is made, or it is not. */
  readonly variables: readonly string[];
}

/**
 * Puts a plan into the cloud assembly, with a copy of every file that it needs, so that the bundle can be made when it is
 * published, on whatever machine that happens. Each file must be what was planned. Nothing is installed.
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
  // A file of this name has this content, unless somebody has written into it: then publishing would tell.
  if (fs.statSync(target, { throwIfNoEntry: false })?.size !== content.length) putFile(target, content);
  return undefined;
};

/** Two stages of an app may write the same file, and a synthesis may be cut short: it is there whole, or not at all. */
const putFile = (file: string, content: string | Uint8Array): void => {
  const partial = `${file}.${process.pid}.partial`;
  fs.writeFileSync(partial, content);
  fs.renameSync(partial, file);
};
