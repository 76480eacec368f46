import * as path from 'node:path';
import type { TargetRuntime } from './bundle-plan';
import { declaredKey } from './declared-key';
import { byText, sha256 } from './hash';
import type { HostTool } from './host-plan';
import type { InstallPlan } from './install-plan';
import type { LocalPart, LocalParts } from './local-part';
import { dependenciesHash } from './plan-hash';
import { leavesSources } from './without-sources';

/** The requirements file that names local packages alone. */
const ALONE = 'local-packages.txt';

/** The key of all modules but the local packages, as far as the plan decides it. */
export const othersKey = (
  install: InstallPlan,
  { others }: LocalParts,
  target: TargetRuntime,
  image: string,
): string =>
  sha256(JSON.stringify(['others/1', dependenciesHash({ ...install, inputs: others }, target, image, [])]));

/**
 * The key of a local package: its files, the target, and what else decides how it is built. It does not matter which function
 * asks for it.
 *
 * @param options the lines of the requirements files that say where packages are looked for
 */
export const localKey = (
  part: LocalPart,
  install: InstallPlan,
  { name, architecture, platformTags }: TargetRuntime,
  options: readonly string[],
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
    ]),
  );

/** The run of a tool that installs one requirements file, and nothing that it needs. */
const alone = (tool: HostTool): HostTool => {
  const [first = []] = tool.runs;
  const kept = first.filter(
    (argument, at) =>
      !['--no-deps', '--require-hashes', '--requirement'].includes(argument) &&
      first[at - 1] !== '--requirement',
  );
  return { ...tool, runs: [[...kept, '--no-deps', '--requirement', ALONE]] };
};

/** The install of some local packages without anything that they need. */
export const localInstall = (
  install: InstallPlan,
  parts: readonly LocalPart[],
  options: readonly string[],
): InstallPlan => {
  const { workingDirectory, host, leftOut } = install;
  const lines = parts.map(({ folder }) => {
    const seen = path.posix.relative(`/${workingDirectory}`, `/${folder}`);
    return seen.startsWith('.') ? seen : `./${seen}`;
  });
  return {
    ...install,
    generated: [
      { path: path.posix.join(workingDirectory, ALONE), text: [...options, ...lines, ''].join('\n') },
    ],
    requirements: [ALONE],
    mayBeEmpty: false,
    // What is left out by name is another distribution: else this package would be no part of its own.
    leftOut: { ...leftOut, omit: [], requested: [] },
    host: { ...host, tools: host.tools.map(alone) },
  };
};
