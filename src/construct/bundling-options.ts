import type { DockerVolume, SymlinkFollowMode } from 'aws-cdk-lib';
import type { BytecodeMode, DependenciesIn, ExecutorName, Packaging } from '../plan/bundle-request';
import type { BundleExecutor } from './bundle-executor';

/**
 * How a bundle is made.
 *
 * @since 0.1.0
 */
export interface BundlingOptions {
  /**
   * What installs the requirements: `host` (uv or pip of this machine, no Docker), `docker` (a container of `image`),
   * `auto` (host, and docker where something must be compiled for Lambda), or an executor of your own.
   *
   * @default 'auto'
   */
  readonly executor?: ExecutorName | BundleExecutor;

  /**
   * The form of the bundle in the cloud assembly: `zip` is published as it is, and was composed without compressing
   * modules again; `directory` is zipped by the CDK CLI, and can be looked into and run.
   *
   * @default 'zip'
   */
  readonly packaging?: Packaging;

  /**
   * Whether byte code goes in, for modules and for the function's own files, so that Lambda need not compile them at
   * every cold start: where a Python of the runtime's version is at hand (`auto`), always (`require`: without one, or
   * on a runtime that cannot use it, it is an error), or never (`off`).
   *
   * @default 'auto'
   */
  readonly bytecode?: BytecodeMode;

  /**
   * Where the modules of the requirements go: into the function's own bundle, or into a layer (`layer`) that all functions
   * of the stack with the same modules share. The bundle then holds the function's own files alone, so that an edit of a
   * handler publishes nothing else. The layer is one of the five that a function may have, and it and the bundle
   * together must be within Lambda's 250 MB; either is an error (Lambda developer guide, "Lambda quotas").
   *
   * @default 'bundle'
   * @since 0.1.0
   */
  readonly dependencies?: DependenciesIn;

  /**
   * The image of the build container, such as `public.ecr.aws/sam/build-python3.13`. It must have `python` with pip.
   *
   * @default the image that AWS publishes for the runtime
   */
  readonly image?: string;

  /**
   * Variables for the build container. Their values are handed over by name and are never part of a plan or a hash.
   *
   * @default none but pip's own (`PIP_INDEX_URL`, …) and proxies, where they are set
   */
  readonly environment?: Readonly<Record<string, string>>;

  /**
   * The network of the build container (`docker run --network`).
   *
   * @default the engine's default network
   */
  readonly network?: string;

  /**
   * The user of the build container (`docker run --user`).
   *
   * @default the invoking user, `UID:GID`
   */
  readonly user?: string;

  /**
   * More folders of the engine's machine for the build container.
   *
   * @default none
   */
  readonly volumes?: readonly DockerVolume[];

  /**
   * Files that stay out, as `.gitignore` patterns relative to the source root, read after the default ones; `!pattern`
   * takes a default back.
   *
   * @default only the default set (README, "What is in a bundle")
   */
  readonly exclude?: readonly string[];

  /**
   * Whether symbolic links that leave the source root are followed (`ALWAYS`, `EXTERNAL`) or are an error (`NEVER`,
   * `BLOCK_EXTERNAL`). Links that stay inside are always shipped as what they point to.
   *
   * @default SymlinkFollowMode.NEVER
   */
  readonly followSymlinks?: SymlinkFollowMode;
}
