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
   * Which executor installs the requirements.
   *
   * - `host`: uv or pip of this machine, without Docker
   * - `docker`: a container of `image`
   * - `auto`: `host`, and `docker` where something must be compiled for Lambda
   * - `buildkit`: a BuildKit build of `image`, on the builders that `CDK_LAMBDA_PYTHON_BUILDERS` names
   *   (docs/buildkit.md)
   * - an object: an executor of your own
   *
   * @default - `'auto'`; `'docker'` where `image`, `command`, `entrypoint`, `volumes` or `volumesFrom` is given,
   * because these have no effect outside a container
   */
  readonly executor?: ExecutorName | BundleExecutor;

  /**
   * Where source distributions may be built, since a build runs their code.
   *
   * - `forbid`: nowhere. Everything without a wheel is an error, including folders of your own and Git repositories.
   * - `docker`: only in a container
   * - `host`: on this machine as well, without compilers, and without credentials in the environment of the build
   *
   * The context key `cdk-lambda-python:sdist` has the same values; the stricter of the two counts. Commands of your own
   * may still build.
   *
   * @default - `'host'`; `'docker'` where `executor` is `'docker'` or `'buildkit'`, because a container does everything
   * then
   * @since 0.1.0
   */
  readonly sdist?: SdistPolicy;

  /**
   * The only program that may install: `uv` or `pip`.
   *
   * A missing program is an error. pip installs the best version of all indexes, and settings of `[tool.uv]` that only
   * uv can follow are an error.
   *
   * @default - the first of uv and pip that is installed
   * @since 0.1.0
   */
  readonly installer?: 'uv' | 'pip';

  /**
   * The form of the bundle in the cloud assembly.
   *
   * `zip` is published as it is; modules were compressed once and are not compressed again. The CDK CLI zips a
   * `directory`, which you can inspect and run.
   *
   * @default 'zip'
   */
  readonly packaging?: Packaging;

  /**
   * When the bundle is made.
   *
   * - `synth`: at the end of the synthesis
   * - `publish`: by the command that publishes assets, and only if the bucket does not have the bundle yet
   *
   * With `publish`, the synthesis installs nothing. It puts the plan, and a copy of each file that the plan needs, into
   * the cloud assembly, and `cdk deploy` runs `npx cdk-lambda-python package` for each missing bundle. `packaging` is
   * `zip`. The assembly has no values of `environment` and `buildArgs`: set these variables where assets are published.
   * The context key `cdk-lambda-python:phase` sets the phase of a whole app, stage or stack.
   *
   * @default 'synth'
   * @since 0.1.0
   */
  readonly phase?: BundlingPhase;

  /**
   * Whether the bundle has bytecode of the modules and the function's own files, so that Lambda need not compile them
   * at every cold start.
   *
   * - `auto`: where this machine has a Python of the runtime's version
   * - `require`: always. Without such a Python, or on a runtime that cannot use bytecode, it is an error.
   * - `off`: never
   *
   * @default 'auto'
   */
  readonly bytecode?: BytecodeMode;

  /**
   * Where the modules of the requirements go: into the function's own bundle, or into a layer (`layer`).
   *
   * All functions of the stack with the same modules share the layer. The bundle then has only the function's own
   * files, so an edit of a handler publishes nothing else. A function may have five layers, this one included, and all
   * of them and the bundle together must be within Lambda's 250 MB; more is an error (Lambda developer guide, "Lambda
   * quotas").
   *
   * @default 'bundle'
   * @since 0.1.0
   */
  readonly dependencies?: DependenciesIn;

  /**
   * Whether a software bill of materials (CycloneDX 1.6, JSON) is written beside the bundle in the cloud assembly.
   *
   * `asset.<hash>.cdx.json` lists the distributions that were really installed, with versions, licences, package URLs
   * and dependencies. It lies beside the layer where the modules are in one. It changes neither the bundle nor its
   * hash.
   *
   * @default false
   * @since 0.1.0
   */
  readonly sbom?: boolean;

  /**
   * Variables for the installer, builds and your commands, in a container and on this machine.
   *
   * Programs on this machine do not get the variables for a container's own paths (`PATH`, `HOME`, …). Plans, arguments
   * and messages have no values. Where commands or builds can read the variables, the hash has a digest of them,
   * without credentials (names that end with `TOKEN`, …). If uv of this machine has no index of its own, it uses pip's.
   *
   * @default - pip's and uv's own (`PIP_INDEX_URL`, `UV_INDEX`, …) and proxies, where they are set
   */
  readonly environment?: Readonly<Record<string, string>>;

  /**
   * Commands before and after the install.
   *
   * @default - none
   */
  readonly commandHooks?: ICommandHooks;

  /**
   * The folder in the bundle that everything goes to: a relative path with `/` that stays inside the bundle.
   *
   * Lambda imports a handler from the bundle's own folder. For another folder, set `PYTHONPATH`.
   *
   * @default - the bundle's own folder
   */
  readonly outputPathSuffix?: string;

  /**
   * A text that stands for the content of the bundle.
   *
   * As long as the text stays the same, nothing new is published, and the bundle in `cdk.out` stays as it is. Give
   * functions with different content different texts.
   *
   * @default - a hash of everything that decides the content
   */
  readonly assetHash?: string;

  /**
   * The kind of the asset's hash.
   *
   * `CUSTOM` goes with `assetHash`, the others without it; every other combination is an error. `OUTPUT` warns and
   * means the same as `SOURCE`, because nothing is built in a constructor: the hash of everything that decides the
   * content changes whenever the output does.
   *
   * @default - `AssetHashType.CUSTOM` where `assetHash` is given, else `AssetHashType.SOURCE`
   */
  readonly assetHashType?: AssetHashType;

  /**
   * Whether the hashes of a `poetry.lock` are checked. No other lock is affected.
   *
   * @default true
   */
  readonly poetryIncludeHashes?: boolean;

  /**
   * Whether the indexes that a `poetry.lock` names are ignored, so that only the installer's indexes are used. No other
   * lock is affected.
   *
   * @default false
   */
  readonly poetryWithoutUrls?: boolean;

  /**
   * Files that stay out of the bundle, as `.gitignore` patterns relative to the source root.
   *
   * The patterns come after the default ones; `!pattern` takes a default back. Commands of `commandHooks` do not get
   * these files either.
   *
   * @default - only the default patterns (README, "What is in a bundle")
   */
  readonly exclude?: readonly string[];

  /**
   * Folders or files from outside the entry's folder that go into the bundle, such as `{ from: '../shared/schemas', to:
   * 'schemas' }`.
   *
   * `from` is absolute, or relative as `entry` is. `to` is a path in the bundle with `/`. The same rules leave files
   * out as in the entry's folder, with patterns relative to `from`. A file that would replace another is a validation
   * error.
   *
   * @default - none
   * @since 0.1.0
   */
  readonly include?: readonly Include[];

  /**
   * The same as `exclude`, under its name in AWS's own construct; these patterns come after those of `exclude`.
   *
   * @default - none
   */
  readonly assetExcludes?: readonly string[];

  /**
   * Whether symbolic links that leave the source root are followed (`ALWAYS`, `EXTERNAL`) or are an error (`NEVER`,
   * `BLOCK_EXTERNAL`).
   *
   * The bundle always has the targets of links that stay inside.
   *
   * @default SymlinkFollowMode.NEVER
   */
  readonly followSymlinks?: SymlinkFollowMode;
}

/**
 * When bundles are made: with the cloud assembly (`synth`), or when an asset that is not yet in the bucket is published
 * (`publish`).
 *
 * @since 0.1.0
 */
export type BundlingPhase = 'synth' | 'publish';
