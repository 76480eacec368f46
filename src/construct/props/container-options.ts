import type { BundlingFileAccess, DockerImage } from 'aws-cdk-lib';
import type { BundlingVolume } from './bundling-volume';

/**
 * How the container that installs or builds is run.
 *
 * @since 0.1.0
 */
export interface ContainerOptions {
  /**
   * The image of the build container, such as `public.ecr.aws/sam/build-python3.13`, or one that CDK builds
   * (`DockerImage.fromBuild`).
   *
   * It must have `python` with pip. An image means that a container installs, unless it is the default image and there
   * is neither another container option nor a command hook.
   *
   * @default - the image that AWS publishes for the runtime
   */
  readonly image?: string | DockerImage;

  /**
   * Variables for the installer, like `environment`, which wins where both have the same name.
   *
   * AWS's own construct builds an image with these arguments, which there set the index or a proxy; this library builds
   * no image. Give the arguments of an image of your own to `DockerImage.fromBuild`.
   *
   * @default - none
   */
  readonly buildArgs?: Readonly<Record<string, string>>;

  /**
   * The network of the build container (`docker run --network`).
   *
   * @default - the engine's default network
   */
  readonly network?: string;

  /**
   * The user of the build container (`docker run --user`): a name, a UID or `UID:GID`.
   *
   * @default - the invoking user, `UID:GID`
   */
  readonly user?: string;

  /**
   * More folders of the engine's machine for the build container; with any, a container installs.
   *
   * The hash has the content of a `readOnly` folder of this project with at most 16 MB and 2,000 files. All other
   * folders bring a warning unless `volumesDigest` is set.
   *
   * @default - none
   */
  readonly volumes?: readonly BundlingVolume[];

  /**
   * A text that changes whenever the content of the mounts does; the hash has it in place of the content.
   *
   * Give functions with different mounts different texts. A blank text is an error.
   *
   * @default - the content of small read-only folders of this project
   * @since 0.1.0
   */
  readonly volumesDigest?: string;

  /**
   * Other containers whose volumes the build container also has; with any, a container installs. Set `volumesDigest`
   * for the content of the volumes.
   *
   * @default - none
   */
  readonly volumesFrom?: readonly string[];

  /**
   * The folder in which the build container starts, an absolute path in the container.
   *
   * A `command` runs here. The install does not depend on it: requirements are read as seen from their own folder.
   *
   * @default - `/asset-input`, or the folder in it from which requirements are read
   */
  readonly workingDirectory?: string;

  /**
   * A security option of the build container (`docker run --security-opt`), such as `label=disable`.
   *
   * It is added to `no-new-privileges`, which every container has; `no-new-privileges:false` takes that back.
   *
   * @default - only `no-new-privileges`
   */
  readonly securityOpt?: string;

  /**
   * Capabilities of the build container (`docker run --cap-add`), such as `CHOWN`; it has no others.
   *
   * Without this option, a `user` who is root (`root`, `0`, `0:0`, …) has the engine's default ones, for commands that
   * install system packages.
   *
   * @default - none; the engine's default ones where `user` is root
   * @since 0.1.0
   */
  readonly capAdd?: readonly string[];

  /**
   * The maximum number of processes and threads in the build container (`docker run --pids-limit`): a whole number, or
   * -1 for no limit.
   *
   * @default 1024
   * @since 0.1.0
   */
  readonly pidsLimit?: number;

  /**
   * The maximum memory of the build container (`docker run --memory`): a whole number of bytes, or one with `k`, `m` or
   * `g` after it, such as `2g`.
   *
   * There is no default limit, because compilers differ too much in what they need.
   *
   * @default - no limit
   * @since 0.1.0
   */
  readonly memory?: string;

  /**
   * The platform of the build container (`docker run --platform`).
   *
   * @default - the platform of the function's architecture, `linux/amd64` or `linux/arm64`
   */
  readonly platform?: string;

  /**
   * The entrypoint of the build container, and its first arguments: a list of at least one string.
   *
   * It must run the command that it gets as further arguments. With an entrypoint, a container installs.
   *
   * @default - the entrypoint of the image
   */
  readonly entrypoint?: readonly string[];

  /**
   * The command that the build container runs in place of the install: a list of at least one string.
   *
   * The function's files are in `/asset-input`. The content of `/asset-output` afterwards is the bundle.
   *
   * @default - a command that installs the requirements beside the function's files
   */
  readonly command?: readonly string[];

  /**
   * How the build container gets at files: they are mounted, or copied into volumes of the engine and back
   * (`VOLUME_COPY`).
   *
   * Copies are for an engine on another machine or around this container. The volumes are removed afterwards, and
   * downloads are not kept. `volumes` always are folders of the engine's machine. If the engine cannot see the folders
   * that should be mounted, they are copied and a line says so; with `volumes`, that is an error.
   *
   * @default BundlingFileAccess.BIND_MOUNT
   */
  readonly bundlingFileAccess?: BundlingFileAccess;
}
