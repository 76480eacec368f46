import * as t from 'io-ts';

/**
 * A program that installs.
 *
 * @since 0.1.0
 */
export type InstallerName = 'uv' | 'pip';

/**
 * Which installers may install.
 *
 * @since 0.1.0
 */
export interface InstallChoice {
  /** Whether the requirements name further indexes, whose order counts. @default false */
  readonly isOrdered?: true;
  /** Whether the requirements say `--pre`, which uv does not read there. @default false */
  readonly prerelease?: true;
  /** The one that alone may install. @default the first of uv and pip that is there */
  readonly installer?: InstallerName;
}

/** What is chosen, without what is not. */
export const installChoice = ({
  isOrdered,
  prerelease,
  installer,
}: { readonly [K in keyof InstallChoice]?: InstallChoice[K] | undefined }): InstallChoice => ({
  ...(isOrdered === undefined ? {} : { isOrdered }),
  ...(prerelease === undefined ? {} : { prerelease }),
  ...(installer === undefined ? {} : { installer }),
});

/** Whether an installer may be one that installs. Only uv can honour settings of uv. */
export const mayInstall = (
  name: InstallerName,
  { installer = name, uv }: Pick<InstallChoice, 'installer'> & { readonly uv?: unknown },
): boolean => installer === name && (name === 'uv' || uv === undefined);

/** The codecs of the fields of an {@link InstallChoice}. */
export const INSTALL_CHOICE = {
  isOrdered: t.literal(true),
  prerelease: t.literal(true),
  installer: t.keyof({ uv: null, pip: null }),
} as const;
