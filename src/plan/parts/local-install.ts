import * as path from 'node:path';
import type { TargetRuntime } from '../model/bundle-plan';
import { declaredKey } from './declared-key';
import { byText, sha256 } from '../values/hash';
import type { HostTool } from '../model/host-plan';
import type { InstallPlan } from '../model/install-plan';
import type { LocalPart, LocalParts } from './local-part';
import { aloneInContainer } from './local-container';
import { packagesOf } from './local-part';
import { aloneRuns } from './local-runs';
import type { LocalWay } from './local-install-executor';
import { dependenciesHash } from './plan-hash';
import { leavesSources } from '../declarations/local-packages/without-sources';

/** The name of a requirements file with only local packages. */
const alone = (index: number): string => `local-packages-${index}.txt`;

/** A local package, and the lines that say where its build looks for packages. */
export interface LocalWanted {
  readonly part: LocalPart;
  readonly options: readonly string[];
}

/**
 * The key of all modules except the local packages, as far as the plan decides it. A repository that only gives
 * versions to the parts does not affect these modules.
 */
export const othersKey = (
  { git = [], ...install }: InstallPlan,
  { parts, others }: LocalParts,
  target: TargetRuntime,
  image: string,
): string => {
  const folders = new Set(parts.map(({ folder }) => folder));
  const read = git.filter((one) => !packagesOf(one).every((folder) => folders.has(folder)));
  const rest = { ...install, inputs: others, ...(read.length === 0 ? {} : { git: read }) };
  return sha256(JSON.stringify(['others/1', dependenciesHash(rest, target, image, [])]));
};

/**
 * The key of a local package: its files, the target, and the other inputs of its build. It is the same for every
 * function that uses the package.
 */
export const localKey = (
  { part, options }: LocalWanted,
  install: InstallPlan,
  { name, architecture, platformTags }: TargetRuntime,
): string =>
  sha256(
    JSON.stringify([
      'local/1',
      part.name,
      [name, architecture, platformTags],
      part.inputs
        .map(({ path: file, executable, hashed }): readonly [string, boolean, string] => [
          path.posix.relative(`/${part.folder}`, `/${file}`),
          executable,
          hashed,
        ])
        .sort(([a], [b]) => byText(a, b)),
      install.leftOut.exclude,
      declaredKey(install.declared, install.docker),
      install.resolvedAsOf,
      leavesSources(install.requirements),
      options,
      // Builds see the time of the commit even if they take no version from it.
      ...(install.git === undefined
        ? []
        : [
            [
              'git',
              ...install.git.map((git) => [
                path.posix.relative(`/${part.folder}`, `/${git.path}`),
                packagesOf(git).includes(part.folder),
                git.digest,
              ]),
            ],
          ]),
      ...(install.configSettings === undefined ? [] : [['config settings', install.configSettings]]),
      ...(install.uv === undefined ? [] : [['uv', install.uv.settings, install.uv.indexed]]),
    ]),
  );

/** A tool that installs some requirements files without their dependencies. */
const toolAlone = (
  { tool, programs, minimumVersion, runs }: HostTool,
  files: readonly string[],
): HostTool => ({ tool, programs, minimumVersion, runs: aloneRuns(runs, files) });

/** The install of some local packages without their dependencies. Packages with the same indexes share a run. */
export const localInstall = (
  install: InstallPlan,
  wanted: readonly LocalWanted[],
  way: LocalWay = 'host',
): InstallPlan => {
  const { workingDirectory, host, leftOut } = install;
  const lineOf = ({ part: { folder } }: LocalWanted): string => {
    const seen = path.posix.relative(`/${workingDirectory}`, `/${folder}`);
    return seen.startsWith('.') ? seen : `./${seen}`;
  };
  const texts = [...new Set(wanted.map(({ options }) => options.join('\n')))];
  const files = texts.map((_text, index) => alone(index));
  return {
    ...install,
    generated: texts.map((text, index) => ({
      path: path.posix.join(workingDirectory, alone(index)),
      text: [
        ...(text === '' ? [] : [text]),
        ...wanted.filter(({ options }) => options.join('\n') === text).map(lineOf),
        '',
      ].join('\n'),
    })),
    requirements: files,
    runs: files.map((file) => [file]),
    mayBeEmpty: false,
    // Names to omit are other distributions, otherwise this package would not be a part.
    leftOut: { ...leftOut, omit: [], requested: [] },
    host: { ...host, tools: host.tools.map((tool) => toolAlone(tool, files)) },
    ...(way === 'host' ? {} : { docker: aloneInContainer(install.docker, files, install) }),
  };
};
