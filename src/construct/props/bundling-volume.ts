import type { DockerVolume } from 'aws-cdk-lib';

/**
 * A folder of the engine's machine that the build container sees. `hostPath` may be relative to the current folder;
 * `containerPath` is absolute, and outside the folders of the build (`/asset-input`, `/asset-output`, …).
 *
 * @since 0.1.0
 */
export interface BundlingVolume extends DockerVolume {
  /**
   * Whether the container may only read it.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}
