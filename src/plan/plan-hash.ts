import type { BundlePlan, SourceFile, TargetRuntime } from './bundle-plan';
import { byText, sha256 } from './hash';
import type { InstallPlan } from './install-plan';

/** An input as the installer sees it, without where it came from. */
export interface HashedInput {
  readonly path: string;
  readonly executable: boolean;
  /** Digest of what the installer reads, less any credentials. */
  readonly digest: string;
}

/**
 * The key of an installed set of modules: everything the installer reads, the target, and the options that choose
 * how it is built. No location, no user, no credentials: equal on every machine.
 */
export const dependenciesHash = (
  inputs: readonly HashedInput[],
  runtime: TargetRuntime,
  install: InstallPlan,
  imageGiven: boolean,
): string =>
  sha256(
    JSON.stringify([
      'dependencies/1',
      runtime.name,
      runtime.architecture,
      runtime.platformTags,
      install.executor,
      install.workingDirectory,
      imageGiven || install.executor === 'docker' ? install.docker.image : null,
      [...inputs].sort((a, b) => byText(a.path, b.path)).map((i) => [i.path, i.executable, i.digest]),
    ]),
  );

/** CDK's asset hash: what is installed, and each file with its path and whether it is executable. */
export const assetHash = (dependencies: string | null, sources: readonly SourceFile[]): string =>
  sha256(
    JSON.stringify([
      'bundle/1',
      dependencies,
      [...sources].sort((a, b) => byText(a.path, b.path)).map((s) => [s.path, s.executable, s.digest]),
    ]),
  );

/** Whether a plan's asset hash is the one that its files give. */
export const hashHolds = ({ hash, sources }: BundlePlan): boolean =>
  hash.asset === assetHash(hash.dependencies, sources);
