/**
 * How this library treats a setting of `[tool.uv]`:
 * - `resolution`: it decides which files an install without a lock chooses. uv gets it; pip cannot follow it;
 * - `build`: it decides how a distribution is built. uv gets it, with a lock as well;
 * - `planned`: this library reads it itself;
 * - `refused`: passed to uv, it would have another effect for a bundle, so it is an error without a lock;
 * - `none`: it does not decide the content of a bundle, or this library decides it.
 */
export type SettingFate = 'resolution' | 'build' | 'planned' | 'refused' | 'none';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** The settings of uv 0.13.9. A test compares them with uv's own list, so that it notices a new setting. */
const SETTINGS: Readonly<Record<SettingFate, readonly string[]>> = {
  resolution: words(`
    override-dependencies constraint-dependencies exclude-dependencies dependency-metadata exclude-newer
    exclude-newer-package index index-url extra-index-url index-strategy prerelease prerelease-package resolution`),
  build: words(`
    build-constraint-dependencies config-settings config-settings-package extra-build-dependencies extra-build-variables
    no-build no-build-package require-build-hashes`),
  planned: words(`
    conflicts default-groups dependency-groups dev-dependencies environments no-sources no-sources-package sources
    workspace`),
  refused: words(`
    find-links no-binary no-binary-package no-index torch-backend`),
  none: words(`
    add-bounds allow-insecure-host audit build-backend cache-dir cache-keys check-url compile-bytecode concurrent-builds
    concurrent-downloads concurrent-installs fork-strategy graalpy-install-mirror http-proxy https-proxy keyring-provider
    link-mode managed minimum-libc-version native-tls no-build-isolation no-build-isolation-package no-cache no-proxy offline package pip preview preview-features
    publish-url pyodide-install-mirror pypy-install-mirror python-downloads python-downloads-json-url
    python-install-mirror python-preference reinstall reinstall-package required-environments required-version
    system-certs trusted-publishing upgrade upgrade-package`),
};

const FATES: ReadonlyMap<string, SettingFate> = new Map(
  (Object.keys(SETTINGS) as SettingFate[]).flatMap((fate) =>
    SETTINGS[fate].map((name) => [name, fate] as const),
  ),
);

/** How a setting is treated; undefined for a name that is not in the table. */
export const fateOfSetting = (name: string): SettingFate | undefined => FATES.get(name);

const DECIDING: readonly (SettingFate | undefined)[] = ['resolution', 'build', 'refused'];

/** Whether a setting decides the result of an install without a lock. */
export const decidesInstall = (name: string): boolean => DECIDING.includes(fateOfSetting(name));

export const knownSettings = (): readonly string[] => [...FATES.keys()];

/** Why a setting is refused, as the end of a sentence. */
const REFUSED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'find-links': 'but this library does not use the files of its folders and pages',
    'no-binary': 'but this library installs wheels wherever they exist',
    'no-binary-package': 'but this library installs wheels wherever they exist',
    'no-index': 'and without any index nothing can be installed',
    'torch-backend':
      'but this library does not look for the backend of this machine; name its index in `[[tool.uv.index]]`',
  }),
);

/** The names that are refused with a reason. */
export const refusedSettings = (): readonly string[] => [...REFUSED.keys()];

/** Why a setting, refused or unknown, is not followed, as the end of a sentence. */
export const whyRefused = (name: string): string =>
  REFUSED.get(name) ?? 'which this library does not know, and which may decide what is installed';
