import type { ArchitectureName } from '../target/architecture';
import { machineOf } from '../target/architecture';
import type { SdistPolicy } from '../request/bundle-request';
import { CONTAINER_FOLDERS } from './docker-argv';
import { indexedArguments } from '../declarations/uv-settings/uv-files';
import type { WhatToInstall } from './installer-argv';
import {
  askedPython,
  dateArguments,
  prereleaseArguments,
  requirementArguments,
  configSettingArguments,
  indexArguments,
  sourcesArguments,
  uvGuards,
} from './installer-argv';
import { mayInstall } from '../target/install-choice';
import { markerEnvironment } from '../packaging/tags/marker-environment';
import { levelTags, newerUvPlatform, platformTags, uvPlatform } from '../packaging/tags/platform-tags';
import type { PythonRuntime } from '../target/python-runtime';

/** The runs of each installer. Installers are tried in this order. */
export type InstallerRuns = readonly (readonly (readonly string[])[])[];

/** The installation and its runtime. */
export interface InstallOfRuntime extends WhatToInstall {
  readonly runtime: PythonRuntime;
}

const { tools, cache } = CONTAINER_FOLDERS;

/** A pip that builds nothing. */
const CONTAINER_PIP = `${tools}/pip_without_builds.py`;

const onlyWheels = (sdist: SdistPolicy | undefined): readonly string[] =>
  sdist === 'forbid' ? ['--only-binary', ':all:'] : [];

/**
 * The arguments of uv in a container. Builds use the image's own Python. uv exists there if this machine's can be
 * mounted.
 *
 * @param platform the platform for choosing wheels; undefined for wheels that load in the container
 */
const uvInContainer = (
  requirements: readonly string[],
  { runtime, isLocked, isHashed, sdist, ...what }: InstallOfRuntime,
  platform: string | undefined,
): readonly string[] => [
  `${tools}/uv`,
  'pip',
  'install',
  '--python',
  '{python}',
  '--python-version',
  askedPython(runtime),
  ...(platform === undefined ? [] : ['--python-platform', platform]),
  '--target',
  '{output}',
  ...uvGuards(what.uv),
  '--no-installer-metadata',
  '--link-mode',
  'copy',
  '--cache-dir',
  `${cache}/uv`,
  ...sourcesArguments(requirements),
  ...onlyWheels(sdist),
  ...dateArguments('--exclude-newer', what),
  ...prereleaseArguments(what),
  ...configSettingArguments(what),
  ...indexArguments(requirements, what),
  ...requirementArguments(requirements, isLocked, isHashed),
  ...indexedArguments(what.uv),
];

/** The arguments of pip in a container. On its own, pip builds folders and URLs even with `--only-binary`. */
const pipInContainer = (
  requirements: string,
  { runtime, isLocked, isHashed, sdist, ...what }: InstallOfRuntime,
  tags: readonly string[],
): readonly string[] => [
  '{python}',
  '-I',
  ...(sdist === 'forbid' ? [CONTAINER_PIP] : ['-m', 'pip']),
  'install',
  '--disable-pip-version-check',
  '--no-input',
  '--no-compile',
  '--cache-dir',
  `${cache}/pip`,
  '--target',
  '{output}',
  '--python-version',
  askedPython(runtime),
  '--implementation',
  'cp',
  ...tags.flatMap((tag) => ['--platform', tag]),
  ...onlyWheels(sdist),
  ...dateArguments('--uploaded-prior-to', what),
  ...requirementArguments([requirements], isLocked, isHashed),
];

/**
 * The installers of a container. They choose among the same wheels as an install on this machine, so that both take the
 * same versions. The only additions are wheels tagged with just the machine, as builds make them.
 */
export const containerInstallers = (
  architecture: ArchitectureName,
  what: InstallOfRuntime,
): {
  readonly installers: InstallerRuns;
  readonly newer?: InstallerRuns;
  readonly markers?: Readonly<Record<string, string>>;
} => {
  const { runtime, requirements } = what;
  if (requirements.length === 0) return { installers: [] };
  const built = `linux_${machineOf(architecture)}`;
  const runsFor = (platform: string | undefined, tags: readonly string[]): InstallerRuns => [
    ...(mayInstall('uv', what)
      ? [(what.runs ?? [requirements]).map((files) => uvInContainer(files, what, platform))]
      : []),
    ...(mayInstall('pip', what)
      ? [requirements.map((file) => pipInContainer(file, what, [...tags, built]))]
      : []),
  ];
  const newer = newerUvPlatform(runtime, architecture);
  return {
    installers: runsFor(uvPlatform(runtime, architecture), levelTags(runtime, architecture)),
    ...(newer === undefined ? {} : { newer: runsFor(undefined, platformTags(runtime, architecture)) }),
    markers: markerEnvironment(runtime, architecture),
  };
};
