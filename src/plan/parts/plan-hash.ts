import * as path from 'node:path';
import type { SourceFile, TargetRuntime } from '../model/bundle-plan';
import { memoizeByObject } from '../values/memoize-by-object';
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

/** The keys of an install without files of the user, by target. Many functions share such an install. */
const keysOf = memoizeByObject((_: InstallPlan) => new Map<string, string>());

/**
 * The key of an installed set of modules: everything that the installer reads, the target, and the options of the
 * build. It has no location, user or credential, so it is equal on every machine. Paths are relative to the folder of
 * the requirements, whatever its name is.
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
      // The same image runs the same script with either executor.
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
      // A strict policy must not reuse modules that were built, or built elsewhere.
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
      // The settings affect versions and builds; their place does not.
      ...(install.uv === undefined ? [] : [['uv', install.uv.settings, install.uv.indexed]]),
      // In earlier versions, pip installed these from any of the indexes.
      ...(declaresOrder({ ...install, isLocked }) ? [['in order']] : []),
      ...(install.configSettings === undefined ? [] : [['config settings', install.configSettings]]),
      ...(install.installer === undefined ? [] : [['installer', install.installer]]),
      // If pins must be checked, modules that nobody compared with the pins must not be reused.
      ...(install.pinned === undefined ? [] : [['pinned', install.pinned.names, install.pinned.hasUnnamed]]),
    ]),
  );

/** The user's parts of a container's command. This library's own command follows from the other fields. */
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

/** The key of the bytecode of an installed set of modules. */
export const bytecodeHash = (dependencies: string, { tag, prefix, exclude }: BytecodePlan): string =>
  sha256(JSON.stringify(['bytecode/1', dependencies, tag, prefix, exclude]));

/**
 * The hash of a bundle: its modules, whether bytecode is included, the prefix, and each file with its path and whether
 * it is executable. Packaging does not count, because the same files are published either way. A layer for several
 * targets has its own hash, because an existing bundle was checked for all of its targets.
 *
 * @param dependencies key of the modules in the bundle; null without modules
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

/** CDK's asset hash: the hash of the content, unless the user sets another. */
export const assetHash = (content: string, chosen: string | undefined): string =>
  chosen === undefined ? content : sha256(JSON.stringify(['asset/1', chosen]));
