import * as t from 'io-ts';
import { list, PackageName, RelativePath } from '../values/codecs';
import { ConfigSettings } from './config-setting';

/**
 * A program that installs distributions.
 *
 * @since 0.1.0
 */
export type InstallerName = 'uv' | 'pip';

/** With this index strategy uv takes the best version of all indexes, as pip does. */
export const AS_PIP = 'unsafe-best-match';

/**
 * Which installers may install.
 *
 * @since 0.1.0
 */
export interface InstallChoice {
  /** Whether the requirements name extra indexes, whose order matters. @default false */
  readonly isOrdered?: true;
  /**
   * `true` where the requirements have `--pre`, which uv does not read there. Else the packages for which a requirement
   * names a pre-release, as in `a>=2.0rc1`: pip then takes the newest pre-release, and uv prefers a release.
   *
   * @default - none
   */
  readonly prerelease?: true | readonly string[];
  /**
   * Requirements files of a lock whose packages several indexes may have, and whose hashes decide which files are
   * allowed. uv then searches all those indexes for each version, as pip does; by default it uses only the first index
   * that has the name. A file with a package that may be built is left out: build requirements have no hashes.
   *
   * @default - none
   */
  readonly hashesDecide?: readonly string[];
  /**
   * The `--config-settings` of the requirements for builds. Installers do not read them in the files.
   *
   * @default - none
   */
  readonly configSettings?: readonly ConfigSettings[];
  /** The only installer that may install. @default - the first of uv and pip that is available */
  readonly installer?: InstallerName;
}

/** Builds an {@link InstallChoice}, without its undefined fields. */
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

/** Whether an installer may be used. Only uv can honour settings of uv. */
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
