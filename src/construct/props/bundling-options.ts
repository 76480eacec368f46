import type { AssetHashType, SymlinkFollowMode } from 'aws-cdk-lib';
import type {
  BytecodeMode,
  DependenciesIn,
  ExecutorName,
  Packaging,
  SdistPolicy,
  Include,
} from '../../plan/request/bundle-request';
import type { BundleExecutor } from './bundle-executor';
import type { ICommandHooks } from './command-hooks';
import type { ContainerOptions } from './container-options';

/**
 * How a bundle is made.
 *
 * @since 0.1.0
 */
export interface BundlingOptions extends ContainerOptions {
  /**
   * What installs the requirements: `host` (uv or pip of this machine, no Docker), `docker` (a container of `image`),
   * `auto` (host, and docker where something must be compiled for Lambda), `buildkit` (a build of `image` by BuildKit, on
   * the builders that `CDK_LAMBDA_PYTHON_BUILDERS` names; docs/buildkit.md), or an executor of your own.
   *
   * @default 'auto'; 'docker' where `image`, `command`, `entrypoint`, `volumes` or `volumesFrom` is given, which mean
   * nothing outside of a container
   */
  readonly executor?: ExecutorName | BundleExecutor;

  /**
   * Where distributions may be built that have no wheel, as a build runs their code: nowhere (`forbid`: what has no wheel is an
   * error, also folders of your own and Git repositories), only in a container (`docker`), or on this machine as well
   * (`host`: without compilers, and without credentials in the environment of what is built). Commands of your own are not kept
   * from building. Of this and the context key `cdk-lambda-python:sdist` the stricter counts, in this order.
   *
   * @default 'host'; 'docker' where `executor` is 'docker' or 'buildkit', as everything is done in a container then
   * @since 0.1.0
   */
  readonly sdist?: SdistPolicy;

  /**
   * The program that alone installs, where one wants to be sure: `uv` or `pip`. It is an error where it is not there. With "pip",
   * the best version of all package indexes is installed, and settings of `[tool.uv]` that only uv can honour are an error.
   *
   * @default the first of uv and pip that is there
   * @since 0.1.0
   */
  readonly installer?: 'uv' | 'pip';

  /**
   * The form of the bundle in the cloud assembly: `zip` is published as it is, and was composed without compressing
   * modules again; `directory` is zipped by the CDK CLI, and can be looked into and run.
   *
   * @default 'zip'
   */
  readonly packaging?: Packaging;

  /**
   * When the bundle is made: at the end of the synthesis (`synth`), or by the command that publishes assets, and only if the
   * bucket does not have it yet (`publish`). Then the synthesis installs nothing; it puts the plan, and a copy of each file
   * that the plan needs, into the cloud assembly, and `cdk deploy` runs `npx cdk-lambda-python package` for what is
   * missing. `packaging` is `zip`. Values of `environment` and `buildArgs` are not carried along: the variables must be set
   * where assets are published. The context key `cdk-lambda-python:phase` sets it for a whole app (or a stage or stack).
   *
   * @default 'synth'
   * @since 0.1.0
   */
  readonly phase?: BundlingPhase;

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
   * Whether a software bill of materials (CycloneDX 1.6, JSON) is written beside the bundle in the cloud assembly, as
   * `asset.<hash>.cdx.json`: what was really installed, with versions, licences, package URLs and what needs what. Where the modules
   * are in a layer it lies beside that. It changes neither the bundle nor its hash.
   *
   * @default false
   * @since 0.1.0
   */
  readonly sbom?: boolean;

  /**
   * Variables for the installer, builds and your commands, in a container and on this machine. Programs on this machine do not get
   * those that say where a container has its things (`PATH`, `HOME`, …). No plan, argument or message has a value. Where commands or
   * builds can read them, the hash has a digest of them, without credentials (names that end with `TOKEN`, …). uv of this machine takes pip's indexes where it has none of its own.
   *
   * @default none but pip's and uv's own (`PIP_INDEX_URL`, `UV_INDEX`, …) and proxies, where they are set
   */
  readonly environment?: Readonly<Record<string, string>>;

  /**
   * Commands before and after the install.
   *
   * @default none
   */
  readonly commandHooks?: ICommandHooks;

  /**
   * The folder in the bundle that everything goes to: a relative path with `/` between its parts that stays inside.
   * Lambda imports a handler from the bundle's own folder; in another one it must be told where to look (`PYTHONPATH`).
   *
   * @default the bundle itself
   */
  readonly outputPathSuffix?: string;

  /**
   * A text that stands for the content of the bundle: as long as it stays, nothing is published anew, and what lies in
   * `cdk.out` under it stays as it is. Two functions with different content need different ones.
   *
   * @default a hash of all that decides the content
   */
  readonly assetHash?: string;

  /**
   * What the asset's hash is made of. `CUSTOM` goes with `assetHash`, the others without it; all else is an error.
   * `OUTPUT` warns and is as `SOURCE`, for nothing is built in a constructor: the hash of all that decides the content
   * changes whenever the output does.
   *
   * @default AssetHashType.CUSTOM where `assetHash` is given, else AssetHashType.SOURCE
   */
  readonly assetHashType?: AssetHashType;

  /**
   * Whether the hashes of a `poetry.lock` are checked. No other lock is affected.
   *
   * @default true
   */
  readonly poetryIncludeHashes?: boolean;

  /**
   * Whether the package indexes that a `poetry.lock` names are left unasked, so that only those of the installer are. No other
   * lock is affected.
   *
   * @default false
   */
  readonly poetryWithoutUrls?: boolean;

  /**
   * Files that stay out, as `.gitignore` patterns relative to the source root, read after the default ones; `!pattern`
   * takes a default back. Commands of `commandHooks` do not get them either.
   *
   * @default only the default set (README, "What is in a bundle")
   */
  readonly exclude?: readonly string[];

  /**
   * Folders or files from outside the entry's folder that go into the bundle, each under a name, such as
   * `{ from: '../shared/schemas', to: 'schemas' }`. `from` is absolute, or relative as `entry` is; `to` is a path in the bundle with `/`.
   * A folder's files are left out by the same rules as the entry's, with patterns relative to that folder. A file that would take
   * the place of another is a validation error.
   *
   * @default none
   * @since 0.1.0
   */
  readonly include?: readonly Include[];

  /**
   * The same, under the name that it has in AWS's own construct; read after `exclude`.
   *
   * @default none
   */
  readonly assetExcludes?: readonly string[];

  /**
   * Whether symbolic links that leave the source root are followed (`ALWAYS`, `EXTERNAL`) or are an error (`NEVER`,
   * `BLOCK_EXTERNAL`). Links that stay inside are always shipped as what they point to.
   *
   * @default SymlinkFollowMode.NEVER
   */
  readonly followSymlinks?: SymlinkFollowMode;
}

/**
 * When bundles are made: with the cloud assembly, or when an asset is published that is not in the bucket yet.
 *
 * @since 0.1.0
 */
export type BundlingPhase = 'synth' | 'publish';
