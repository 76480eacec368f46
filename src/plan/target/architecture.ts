import * as t from 'io-ts';

/**
 * The instruction sets that Lambda runs, under Lambda's own names.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html
 * @since 0.1.0
 */
export type ArchitectureName = 'x86_64' | 'arm64';

export const ArchitectureName: t.Type<ArchitectureName> = t.keyof(
  { x86_64: null, arm64: null },
  'ArchitectureName',
);

/** The machine as Python names it, in `platform.machine()` and at the end of a wheel's platform tag. */
export const machineOf = (architecture: ArchitectureName): 'x86_64' | 'aarch64' =>
  architecture === 'arm64' ? 'aarch64' : 'x86_64';

/** The platform as container engines name it (`docker run --platform`). */
export const dockerPlatformOf = (architecture: ArchitectureName): string =>
  architecture === 'arm64' ? 'linux/arm64' : 'linux/amd64';
