import type { BundlingFileAccess, DockerImage } from 'aws-cdk-lib';
import type { BundlingVolume } from './bundling-volume';

/**
 * How the container is run that installs or builds.
 *
 * @since 0.1.0
 */
export interface ContainerOptions {
  /**
   * The image of the build container, such as `public.ecr.aws/sam/build-python3.13`, or one that CDK builds
   * (`DockerImage.fromBuild`). It must have `python` with pip. Where it is given, a container installs, unless it is the
   * image that would be used anyway and no other option of containers, and no command hook, is given.
   *
   * @default the image that AWS publishes for the runtime
   */
  readonly image?: string | DockerImage;

  /**
   * Variables for the installer, as `environment`, which comes first where both have one. AWS's own construct builds an image
   * with them, for which they name the package index or a proxy; this library builds none. Give the arguments of an
   * image of your own to `DockerImage.fromBuild`.
   *
   * @default none
   */
  readonly buildArgs?: Readonly<Record<string, string>>;

  /**
   * The network of the build container (`docker run --network`).
   *
   * @default the engine's default network
   */
  readonly network?: string;

  /**
   * The user of the build container (`docker run --user`): a name, a UID or `UID:GID`.
   *
   * @default the invoking user, `UID:GID`
   */
  readonly user?: string;

  /**
   * More folders of the engine's machine for the build container; where they are given, a container installs. The hash has
   * the content of a `readOnly` folder of this project with at most 16 MB and 2,000 files; all others bring a warning unless `volumesDigest` is set.
   *
   * @default none
   */
  readonly volumes?: readonly BundlingVolume[];

  /**
   * Any text that changes when what the mounts hold changes: the hash has it in place of their content. Give functions with
   * different mounts different texts. A blank one is an error.
   *
   * @default the content of small read-only folders of this project
   * @since 0.1.0
   */
  readonly volumesDigest?: string;

  /**
   * Containers whose volumes the build container has as well; set `volumesDigest` for what they hold. A container installs.
   *
   * @default none
   */
  readonly volumesFrom?: readonly string[];

  /**
   * The folder in which the build container starts, an absolute path in it. Requirements are installed as seen from
   * their own folder all the same; a `command` is run here.
   *
   * @default '/asset-input', or the folder in it from which requirements are read
   */
  readonly workingDirectory?: string;

  /**
   * A security option of the build container (`docker run --security-opt`), such as `label=disable`. It is added to
   * `no-new-privileges`, which every container has; `no-new-privileges:false` takes that back.
   *
   * @default nothing but `no-new-privileges`
   */
  readonly securityOpt?: string;

  /**
   * Capabilities of the build container (`docker run --cap-add`), such as `CHOWN`; all others are taken away. A `user`
   * who is root (`root`, `0`, `0:0`, …) has those that the engine gives by default, for commands that install packages of the
   * system; with a list here, only those in it.
   *
   * @default none; those of the engine where `user` is root
   * @since 0.1.0
   */
  readonly capAdd?: readonly string[];

  /**
   * The most processes and threads that the build container has at once (`docker run --pids-limit`): a whole number, or -1
   * for as many as there may be.
   *
   * @default 1024
   * @since 0.1.0
   */
  readonly pidsLimit?: number;

  /**
   * The most memory that the build container may use (`docker run --memory`): a whole number of bytes, or one with `k`, `m` or
   * `g` after it, such as `2g`. There is no default, because compilers differ too much in what they need.
   *
   * @default as much as there is
   * @since 0.1.0
   */
  readonly memory?: string;

  /**
   * The platform of the build container (`docker run --platform`).
   *
   * @default that of the function's architecture, `linux/amd64` or `linux/arm64`
   */
  readonly platform?: string;

  /**
   * The entrypoint of the build container, and its first arguments: a list of at least one text. It must run the command that it
   * is given. Where there is one, a container installs.
   *
   * @default that of the image
   */
  readonly entrypoint?: readonly string[];

  /**
   * What the build container runs in place of the install, a list of at least one text: it finds the function's files in
   * `/asset-input`, and what it leaves in `/asset-output` is the bundle.
   *
   * @default the requirements are installed beside the function's files
   */
  readonly command?: readonly string[];

  /**
   * How the build container gets at files: they are mounted, or copied into volumes of the engine and back
   * (`VOLUME_COPY`), for an engine on another machine or one around this container. The volumes are removed afterwards;
   * downloads are not kept. `volumes` are of the engine's machine in both. Where the engine is found not to see the folders
   * that are mounted, they are copied all the same, and a line says so; where there are `volumes`, that is an error.
   *
   * @default BundlingFileAccess.BIND_MOUNT
   */
  readonly bundlingFileAccess?: BundlingFileAccess;
}
