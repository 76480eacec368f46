import type { ArchitectureName } from '../target/architecture';
import { settingsWithName } from '../target/config-setting';
import type { SdistPolicy } from '../request/bundle-request';
import type { HostInstall, HostTool } from '../model/host-plan';
import { markerEnvironment } from '../packaging/tags/marker-environment';
import { levelTags, newerUvPlatform, platformTags, uvPlatform } from '../packaging/tags/platform-tags';
import type { PythonRuntime } from '../target/python-runtime';
import { lowestVersionOf } from '../target/python-runtime';
import { indexedArguments, settingsArguments } from '../declarations/uv-settings/uv-files';
import type { UvSettings } from '../model/uv-settings';
import type { InstallChoice } from '../target/install-choice';
import { AS_PIP, mayInstall } from '../target/install-choice';
import { leavesSources } from '../declarations/local-packages/without-sources';
import { MINIMUM_DATED_PIP, MINIMUM_UV, MINIMUM_PIP } from '../variables/installer-versions';

const OUTPUT = '{output}';

/** The facts, besides the target, that decide an installer's arguments. */
export interface WhatToInstall extends InstallChoice {
  /** Distribution names of packages that have no wheel. */
  readonly localPackages: readonly string[];
  /** Requirements files, relative to the folder in which the installer runs. */
  readonly requirements: readonly string[];
  /** The same files, grouped by runs of uv. @default - all in one */
  readonly runs?: readonly (readonly string[])[];
  /** Whether nothing needs to be resolved. */
  readonly isLocked: boolean;
  /** Whether a declared hash covers every file. @default false */
  readonly isHashed?: boolean;
  /** Where source distributions may be built. @default 'host' */
  readonly sdist?: SdistPolicy;
  /** The moment as of which indexes are asked (RFC 3339); null for now. @default null */
  readonly resolvedAsOf?: string | null;
  /** Settings that only uv can follow. @default - none */
  readonly uv?: UvSettings;
}

/** Whether the declaration alone decides which versions are installed. */
export const isPinned = ({
  isLocked,
  isHashed = false,
}: Pick<WhatToInstall, 'isLocked' | 'isHashed'>): boolean => isLocked || isHashed;

/** The option that excludes later uploads. */
export const dateArguments = (
  option: '--exclude-newer' | '--uploaded-prior-to',
  { resolvedAsOf = null }: Pick<WhatToInstall, 'resolvedAsOf'>,
): readonly string[] => (resolvedAsOf === null ? [] : [option, resolvedAsOf]);

/** uv's options for `--pre` of a requirements file, and for requirements that name a pre-release. */
export const prereleaseArguments = ({
  prerelease = [],
}: Pick<WhatToInstall, 'prerelease'>): readonly string[] =>
  prerelease === true
    ? ['--prerelease', 'allow']
    : prerelease.flatMap((name) => ['--prerelease-package', `${name}=allow`]);

/** uv's option for files whose hashes decide which index they come from. */
export const indexArguments = (
  requirements: readonly string[],
  { hashesDecide = [] }: Pick<WhatToInstall, 'hashesDecide'>,
): readonly string[] =>
  requirements.every((file) => hashesDecide.includes(file)) ? ['--index-strategy', AS_PIP] : [];

/** uv's options for `--config-settings` of a requirements file. */
export const configSettingArguments = ({
  configSettings = [],
}: Pick<WhatToInstall, 'configSettings'>): readonly string[] =>
  configSettings.flatMap(settingsWithName).flatMap((setting) => ['--config-settings-package', setting]);

/** The arguments that name the requirements. */
export const requirementArguments = (
  requirements: readonly string[],
  isLocked: boolean,
  isHashed = false,
): readonly string[] => [
  ...(isLocked ? ['--no-deps'] : []),
  ...(isHashed ? ['--require-hashes'] : []),
  ...requirements.flatMap((file) => ['--requirement', file]),
];

/**
 * uv's options against outside influence: no settings of a folder above, where others may write, and no switch for hash
 * checks.
 */
export const uvGuards = (settings: UvSettings | undefined): readonly string[] => [
  ...settingsArguments(settings),
  '--verify-hashes',
];

/** uv's option for ignoring the sources that packages name for their dependencies. */
export const sourcesArguments = (requirements: readonly string[]): readonly string[] =>
  leavesSources(requirements) ? ['--no-sources'] : [];

/** The Python version for both installers. It has a patch level only if the lowest is not 0, the default of both. */
export const askedPython = (runtime: PythonRuntime): string => {
  const lowest = lowestVersionOf(runtime);
  return lowest.endsWith('.0') ? runtime.python : lowest;
};

/** The ways of starting uv on this machine, and its runs. */
export const uvTool = (runs: HostTool['runs'], newer?: HostTool['runs']): HostTool => ({
  tool: 'uv',
  programs: [['uv'], ['python3', '-m', 'uv'], ['python', '-m', 'uv']],
  minimumVersion: MINIMUM_UV,
  runs,
  ...(newer === undefined ? {} : { newer }),
});

const uv = (runtime: PythonRuntime, architecture: ArchitectureName, what: WhatToInstall): HostTool => {
  const { localPackages, requirements, isLocked, isHashed, sdist = 'host' } = what;
  const runsFor = (platform: string): HostTool['runs'] =>
    (what.runs ?? [requirements]).map((files) => [
      'pip',
      'install',
      '--target',
      OUTPUT,
      '--python-version',
      askedPython(runtime),
      '--python-platform',
      platform,
      '--only-binary',
      ':all:',
      ...(sdist === 'host' ? localPackages.flatMap((name) => ['--no-binary', name]) : []),
      ...uvGuards(what.uv),
      '--no-installer-metadata',
      '--link-mode',
      'hardlink',
      ...sourcesArguments(files),
      ...dateArguments('--exclude-newer', what),
      ...prereleaseArguments(what),
      ...configSettingArguments(what),
      ...indexArguments(files, what),
      ...requirementArguments(files, isLocked, isHashed),
      ...indexedArguments(what.uv),
    ]);
  const newer = newerUvPlatform(runtime, architecture);
  return uvTool(runsFor(uvPlatform(runtime, architecture)), newer === undefined ? undefined : runsFor(newer));
};

const pip = (
  runtime: PythonRuntime,
  architecture: ArchitectureName,
  { requirements, isLocked, isHashed, resolvedAsOf = null }: WhatToInstall,
): HostTool => {
  const runsFor = (tags: readonly string[]): HostTool['runs'] =>
    requirements.map((file) => [
      'install',
      '--disable-pip-version-check',
      '--no-input',
      '--no-compile',
      '--target',
      OUTPUT,
      '--python-version',
      askedPython(runtime),
      '--implementation',
      'cp',
      ...tags.flatMap((tag) => ['--platform', tag]),
      '--only-binary',
      ':all:',
      ...dateArguments('--uploaded-prior-to', { resolvedAsOf }),
      ...requirementArguments([file], isLocked, isHashed),
    ]);
  return {
    tool: 'pip',
    programs: [
      ['python3', '-m', 'pip'],
      ['python', '-m', 'pip'],
    ],
    minimumVersion: resolvedAsOf === null ? MINIMUM_PIP : MINIMUM_DATED_PIP,
    runs: runsFor(levelTags(runtime, architecture)),
    ...(newerUvPlatform(runtime, architecture) === undefined
      ? {}
      : { newer: runsFor(platformTags(runtime, architecture)) }),
  };
};

/** The installers of this machine for a target: uv if it exists, otherwise pip, which cannot follow uv's settings. */
export const hostInstall = (
  runtime: PythonRuntime,
  architecture: ArchitectureName,
  what: WhatToInstall,
): HostInstall => ({
  localPackages: what.localPackages,
  tools:
    what.requirements.length === 0
      ? []
      : [
          ...(mayInstall('uv', what) ? [uv(runtime, architecture, what)] : []),
          ...(mayInstall('pip', what) ? [pip(runtime, architecture, what)] : []),
        ],
  markers: markerEnvironment(runtime, architecture),
  environment: { CC: 'false', CXX: 'false', RUSTC: 'false' },
});
