import { invalidOption } from '../errors/invalid-option';
import * as path from 'node:path';
import type { SourceFile } from '../model/bundle-plan';
import type { BundleRequest } from '../request/bundle-request';
import type { InstallPlan } from '../model/install-plan';
import { relativePath, staysInside } from '../values/paths';
import type { PlanError } from '../errors/plan-error';
import { uvFiles } from '../declarations/uv-settings/uv-files';
import { isForPip } from '../sources/plan-sources';
import type { RequirementSet } from '../declarations/sets/requirement-set';

/** Whether the user's files are part of the build: commands may change them, or read the modules beside them. */
export const isWhole = ({ hooks, docker }: Pick<BundleRequest, 'hooks' | 'docker'>): boolean =>
  hooks.before.length > 0 || hooks.after.length > 0 || docker.command !== undefined;

/** The requirement set if commands run but nothing is declared. */
export const NO_REQUIREMENTS: RequirementSet = {
  declaration: null,
  inputs: [],
  generated: [],
  workingDirectory: '.',
  requirements: [],
  isLocked: false,
  isHashed: true,
  isExact: true,
  mayBeEmpty: true,
  localPackages: [],
  mayBuild: false,
  requested: [],
  builds: [],
  environment: [],
  warnings: [],
};

/** Reports options that a whole build cannot have. */
export const wholeBuildErrors = (
  request: Pick<BundleRequest, 'executor' | 'docker'>,
): readonly PlanError[] => [
  ...(request.executor === 'host' && request.docker.command !== undefined
    ? [
        invalidOption(
          'bundling.executor',
          request.executor,
          '"docker", "buildkit" or "auto", because `bundling.command` runs in a container',
        ),
      ]
    : []),
];

/** Inputs of a whole build that are not part of the bundle, as paths relative to the folder of the sources. */
export interface NotShipped {
  /** Files that the installer reads. */
  readonly files: readonly string[];
  /** Local packages. Files that their build makes there are not shipped. */
  readonly folders: readonly string[];
  /** Sources, which are always shipped. */
  readonly sources: readonly string[];
  /** Files that this library writes for installers. Commands do not see them. */
  readonly generated: readonly string[];
}

const BUILD_FILES = ['pyproject.toml', 'setup.py', 'setup.cfg'];

const isBuildFile = (file: string): boolean => BUILD_FILES.includes(path.posix.basename(file));

/** Whether the gathered inputs have a folder that is built. */
export const holdsPackage = (inputs: InstallPlan['inputs']): boolean =>
  inputs.some((input) => isBuildFile(input.path));

/** A path among the inputs, relative to the folder of the sources. */
const seenFrom = (workingDirectory: string, place: string): string =>
  relativePath(path.posix.join('/', workingDirectory), path.posix.join('/', place));

/** The files that this library writes for installers, relative to the folder of the sources. */
export const generatedPaths = ({
  generated,
  uv,
  workingDirectory,
}: Pick<InstallPlan, 'generated' | 'uv' | 'workingDirectory'>): readonly string[] =>
  [...generated, ...uvFiles(uv, workingDirectory)]
    .map((file) => seenFrom(workingDirectory, file.path))
    .filter(staysInside);

export const notShipped = (
  install: Pick<InstallPlan, 'inputs' | 'generated' | 'workingDirectory' | 'git' | 'unshipped' | 'uv'>,
  sources: readonly SourceFile[],
): NotShipped => {
  const { inputs, workingDirectory, git = [], unshipped = [] } = install;
  const isRead = (file: string): boolean => isForPip(file) || unshipped.includes(file);
  const own = new Set(sources.map((source) => source.path).filter((file) => !isRead(file)));
  const seenAt = (place: string): string => seenFrom(workingDirectory, place);
  const seen = inputs.map((input) => seenAt(input.path));
  const folders = [
    ...seen.filter(isBuildFile).map((file) => path.posix.dirname(file)),
    ...git.map((one) => seenAt(`${one.path}/.git`)),
  ];
  return {
    files: [
      ...new Set([
        ...seen.filter((file) => staysInside(file) && !own.has(file)),
        ...sources.map((source) => source.path).filter(isRead),
      ]),
    ],
    // A package that contains the function itself is not a folder beside it.
    folders: [...new Set(folders)].filter((folder) => folder !== '.' && staysInside(folder)),
    sources: [...own],
    generated: generatedPaths(install),
  };
};
