import * as path from 'node:path';
import type { SourceFile, TargetRuntime } from './bundle-plan';
import { byText, sha256 } from './hash';
import type { BytecodePlan } from './bytecode-plan';
import type { InstallPlan } from './install-plan';

/**
 * The key of an installed set of modules: everything the installer reads, the target, and the options that choose
 * how it is built. No location, no user, no credentials: equal on every machine. Paths are seen from the folder that
 * the requirements lie in, whatever that is called.
 */
export const dependenciesHash = (
  { executor, inputs, workingDirectory }: InstallPlan,
  { name, architecture, platformTags }: TargetRuntime,
  image: string,
): string =>
  sha256(
    JSON.stringify([
      'dependencies/1',
      name,
      architecture,
      platformTags,
      executor,
      executor === 'host' ? null : image,
      inputs
        .map((input) => ({ ...input, path: path.posix.relative(`/${workingDirectory}`, `/${input.path}`) }))
        .sort((a, b) => byText(a.path, b.path))
        .map((input) => [input.path, input.executable, input.hashed]),
    ]),
  );

/** The key of the byte code of an installed set of modules. */
export const bytecodeHash = (dependencies: string, { tag, prefix, exclude }: BytecodePlan): string =>
  sha256(JSON.stringify(['bytecode/1', dependencies, tag, prefix, exclude]));

/**
 * CDK's asset hash: what is installed, whether byte code goes in, and each file with its path and whether it is
 * executable. Not the packaging: the same files are published either way.
 */
export const assetHash = (
  dependencies: string | null,
  bytecode: BytecodePlan | null,
  sources: readonly SourceFile[],
): string =>
  sha256(
    JSON.stringify([
      'bundle/2',
      dependencies,
      bytecode === null ? null : [bytecode.mode, bytecode.tag, bytecode.prefix, bytecode.exclude],
      [...sources].sort((a, b) => byText(a.path, b.path)).map((s) => [s.path, s.executable, s.digest]),
    ]),
  );
