import * as path from 'node:path';
import type { SourceFile, TargetRuntime } from '../model/bundle-plan';
import { byIdentity } from '../values/memoize-by-object';
import { declaredKey } from './declared-key';
import { byText, sha256 } from '../values/hash';
import type { BytecodePlan } from '../model/bytecode-plan';
import { declaresOrder } from '../install/index-order';
import { CONTAINER_FOLDERS } from '../install/docker-argv';
import { hasOwnCommand } from '../install/container-install';
import type { OtherTargets } from '../target/other-targets';
import { hasOtherTargets, NO_OTHER_TARGETS } from '../target/other-targets';
import type { InstallPlan } from '../model/install-plan';
import { sdistPolicy } from '../options/sdist-policy';

/** The keys of an install that holds none of the user's files, by the target: many functions share it. */
const keysOf = byIdentity((_: InstallPlan) => new Map<string, string>());

/**
 * The key of an installed set of modules: everything the installer reads, the target, and the options that choose
 * how it is built. No location, no user, no credentials: equal on every machine. Paths are seen from the folder that
 * the requirements lie in, whatever that is called.
 */
export const dependenciesHash = (
  install: InstallPlan,
  target: TargetRuntime,
  image: string,
  sources: readonly SourceFile[],
): string => {
  if (install.isWhole) return installKey(install, target, image, sources);
  const { name, architecture, platformTags } = target;
  const known = keysOf(install);
  const asked = JSON.stringify([name, architecture, platformTags, image]);
  const key = known.get(asked) ?? installKey(install, target, image, []);
  known.set(asked, key);
  return key;
};

const installKey = (
  {
    executor,
    sdist,
    inputs,
    generated,
    requirements,
    isLocked,
    resolvedAsOf,
    leftOut,
    workingDirectory,
    ...install
  }: InstallPlan,
  { name, architecture, platformTags }: TargetRuntime,
  image: string,
  sources: readonly SourceFile[],
): string =>
  sha256(
    JSON.stringify([
      'dependencies/2',
      name,
      architecture,
      platformTags,
      // The same image runs the same script with either.
      executor === 'buildkit' ? 'docker' : executor,
      executor === 'host' ? null : [image, install.docker.platform, install.docker.entrypoint],
      inputs
        .map((input) => ({ ...input, path: path.posix.relative(`/${workingDirectory}`, `/${input.path}`) }))
        .sort((a, b) => byText(a.path, b.path))
        .map((input) => [input.path, input.executable, input.hashed]),
      generated.map(({ path: file, text }) => [
        path.posix.relative(`/${workingDirectory}`, `/${file}`),
        text,
      ]),
      requirements,
      isLocked,
      leftOut,
      install.isWhole
        ? [install.hooks, wholeCommand(install.docker, workingDirectory), fingerprint(sources)]
        : null,
      // Modules that were built elsewhere, or at all, are no answer where that is not wanted.
      ...(sdist === sdistPolicy({ executor }) ? [] : [sdist]),
      ...declaredKey(install.declared, install.docker),
      ...(resolvedAsOf === null ? [] : [['resolvedAsOf', resolvedAsOf]]),
      ...(install.git === undefined
        ? []
        : [
            [
              'git',
              ...install.git.map((git) => [
                path.posix.relative(`/${workingDirectory}`, `/${git.path}`),
                git.digest,
              ]),
            ],
          ]),
      // The settings decide versions and builds; where they are written does not.
      ...(install.uv === undefined ? [] : [['uv', install.uv.settings, install.uv.indexed]]),
      // Before, pip installed these from any of the indexes.
      ...(declaresOrder({ ...install, isLocked }) ? [['in order']] : []),
      ...(install.configSettings === undefined ? [] : [['config settings', install.configSettings]]),
      ...(install.installer === undefined ? [] : [['installer', install.installer]]),
      // Modules that nobody has compared with the pins are no answer where that is asked for.
      ...(install.pinned === undefined ? [] : [['pinned', install.pinned.names, install.pinned.hasUnnamed]]),
    ]),
  );

/** What is the user's own of a container's command; that of this library follows from the rest. */
const wholeCommand = (
  { entrypoint, command, ...docker }: InstallPlan['docker'],
  workingDirectory: string,
): readonly unknown[] => [
  entrypoint,
  hasOwnCommand({ command }) ? command : null,
  docker.workingDirectory === path.posix.join(CONTAINER_FOLDERS.input, workingDirectory)
    ? null
    : docker.workingDirectory,
];

const fingerprint = (sources: readonly SourceFile[]): readonly unknown[] =>
  [...sources]
    .sort((a, b) => byText(a.path, b.path))
    .map(({ path: file, executable, digest }) => [file, executable, digest]);

/** The key of the byte code of an installed set of modules. */
export const bytecodeHash = (dependencies: string, { tag, prefix, exclude }: BytecodePlan): string =>
  sha256(JSON.stringify(['bytecode/1', dependencies, tag, prefix, exclude]));

/**
 * What is installed, whether byte code goes in, where everything goes, and each file with its path and whether it is
 * executable. Not the packaging: the same files are published either way. A layer for more than one target has a hash of
 * its own, because a bundle that is there was found to be for all of them.
 *
 * @param dependencies key of the modules in the bundle; null where it has none
 */
export const contentHash = (
  dependencies: string | null,
  bytecode: BytecodePlan | null,
  prefix: string,
  sources: readonly SourceFile[],
  alsoFor: OtherTargets = NO_OTHER_TARGETS,
): string =>
  sha256(
    JSON.stringify([
      'bundle/3',
      dependencies,
      prefix,
      bytecode === null ? null : [bytecode.mode, bytecode.tag, bytecode.prefix, bytecode.exclude],
      fingerprint(sources),
      ...(hasOtherTargets(alsoFor) ? [alsoFor.architectures, alsoFor.runtimes] : []),
    ]),
  );

/** CDK's asset hash: that of the content, unless the user named another. */
export const assetHash = (content: string, chosen: string | undefined): string =>
  chosen === undefined ? content : sha256(JSON.stringify(['asset/1', chosen]));
