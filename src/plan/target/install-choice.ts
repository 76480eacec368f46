import * as t from 'io-ts';
import { list, PackageName, RelativePath } from '../values/codecs';
import { ConfigSettings } from './config-setting';

/**
 * A program that installs.
 *
 * @since 0.1.0
 */
export type InstallerName = 'uv' | 'pip';

/** With this strategy uv takes the best version of all indexes, as pip does. */
export const AS_PIP = 'unsafe-best-match';

/**
 * Which installers may install.
 *
 * @since 0.1.0
 */
export interface InstallChoice {
  /** Whether the requirements name further indexes, whose order counts. @default false */
  readonly isOrdered?: true;
  /**
   * `true` where the requirements say `--pre`, which uv does not read there; else the packages of which a requirement names a
   * pre-release, as in `a>=2.0rc1`: pip then takes the newest one, and uv a release where there is one. @default none
   */
  readonly prerelease?: true | readonly string[];
  /**
   * Requirements files of a lock with hashes whose packages may be on several indexes. uv then looks
   * for each version on all of those indexes, as pip does; by default it looks on the first index that has the name. No file of a
   * package that may be built is among them: what a build requires has no hash.
   *
   * @default none
   */
  readonly hashesDecide?: readonly string[];
  /** The `--config-settings` of the requirements. Installers do not read them in the files. @default - no settings */
  readonly configSettings?: readonly ConfigSettings[];
  /** The only installer that may install. @default - uv where it is installed, else pip */
  readonly installer?: InstallerName;
}

/** The given choices, without the undefined ones. */
export const installChoice = ({
  isOrdered,
  prerelease,
  hashesDecide,
  configSettings,
  installer,
}: { readonly [K in keyof InstallChoice]?: InstallChoice[K] | undefined }): InstallChoice => ({
  ...(isOrdered === undefined ? {} : { isOrdered }),
  ...(prerelease === undefined ? {} : { prerelease }),
  ...(hashesDecide === undefined ? {} : { hashesDecide }),
  ...(configSettings === undefined ? {} : { configSettings }),
  ...(installer === undefined ? {} : { installer }),
});

/** Whether an installer may install. Only uv can honour settings of uv. */
export const mayInstall = (
  name: InstallerName,
  { installer = name, uv }: Pick<InstallChoice, 'installer'> & { readonly uv?: unknown },
): boolean => installer === name && (name === 'uv' || uv === undefined);

const Names = list(PackageName);

/** `true`, or names. A `t.union` would add a step to the path of an error. */
const Prerelease = new t.Type<true | readonly string[]>(
  `true or ${Names.name}`,
  (u): u is true | readonly string[] => u === true || Names.is(u),
  (u, context) => (u === true ? t.success(u) : Names.validate(u, context)),
  t.identity,
);

/** The codecs of the fields of an {@link InstallChoice}. */
export const INSTALL_CHOICE = {
  isOrdered: t.literal(true),
  prerelease: Prerelease,
  hashesDecide: list(RelativePath),
  configSettings: list(ConfigSettings),
  installer: t.keyof({ uv: null, pip: null }),
} as const;
