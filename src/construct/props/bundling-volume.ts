import type { DockerVolume } from 'aws-cdk-lib';

/**
 * A folder of the engine's machine that is mounted into the build container.
 *
 * `hostPath` may be relative to the current folder. `containerPath` is absolute, and outside the folders of the build
 * (`/asset-input`, `/asset-output`, …).
 *
 * @since 0.1.0
 */
export interface BundlingVolume extends DockerVolume {
  /**
   * Whether the mount is read-only.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}
