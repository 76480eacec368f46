import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { buildxArgv } from '../../plan/assembly/buildx-argv';
import { hasOwnCommand } from '../../plan/install/container-install';
import { CONTEXT_FOLDERS, dockerfile } from '../../plan/assembly/dockerfile';
import { downloadsOf } from '../../plan/assembly/shared-downloads';
import { putBuildTools } from './build-tools';
import { buildFailure } from './build-failure';
import type { CacheOf } from './build-cache';
import { cacheFault } from './buildx-output';
import type { Builder, Builders } from './builders';
import { builderName } from './builders';
import { containerValues } from '../container/container-values';
import { takeRecords } from '../container/container-whole';
import type { Engine } from '../container/docker-install';
import type { ExecutionError } from '../errors/execution-error';
import type { Install, InstallTask } from '../install/install';
import { showToCommand } from '../install/lay-out';
import { takeInstaller } from '../errors/installer-used';
import { putMachine } from '../container/machine-in-container';
import { NO_FILES, saidByMachine } from '../machine/settings-files';
import { findNetrc } from '../machine/netrc';
import { redactingShell, valuesOf } from '../process/redacting-shell';
import { textsOfTask } from '../files/requirement-texts';
import type { Shell } from '../process/shell';
import { succeeded } from '../process/shell';
import { takeBuilt } from './take-built';
import { causedByVariables } from '../variables/variables-refused';
import type { Look } from './watch-builder';
import { watchingBuilder } from './watch-builder';

/** The settings of builds. */
interface BuildKit extends Omit<Engine, 'user'> {
  readonly builders: Builders;
  /** The cache of each set; on the left the error in its variable, which is reported when something is built. */
  readonly cache: E.Either<ExecutionError, CacheOf>;
  /** Prints a line. */
  readonly tell: (line: string) => void;
  /** The time between two checks of a busy builder, in milliseconds. @default 20000 */
  readonly period?: number;
}

/**
 * The folder that is sent to a builder. It always has the same name: by this name, a builder knows that it has most of
 * the files already, such as uv.
 */
const CONTEXT = 'cdk-lambda-python';

const DOCKERFILE = 'Dockerfile';

/**
 * Installs on a BuildKit builder on any machine: inputs and tools are sent to it, modules and bytecode come back.
 *
 * @since 0.1.0
 */
export const buildkitInstaller =
  (shell: Shell, buildkit: BuildKit): Install =>
  async (task) => {
    const { plan, install, folders, environment, isAlone = false } = task;
    const { program, builders, environment: own = {}, files = NO_FILES } = buildkit;
    const said = saidByMachine(own, files, environment);
    if (E.isLeft(said)) return said;
    const { variables } = said.right;
    const key = plan.hash.dependencies ?? plan.hash.asset;
    if (E.isLeft(buildkit.cache)) return buildkit.cache;
    // The cache is that of the whole set: the result for a part of it would replace it there.
    const cache = isAlone ? undefined : buildkit.cache.right(key);
    const texts = textsOfTask(task);
    const given = containerValues(task, said.right, own, texts);
    const valueOf = (name: string): string | undefined => given[name] ?? own[name];
    const empty = install.docker.environment.filter((name) => valueOf(name) === '');
    const context = await makeContext(task, buildkit.searchPath ?? '', empty);
    const notes = putMachine(path.join(context, CONTEXT_FOLDERS.tools), task, said.right, own, texts);
    const netrc = findNetrc({ ...own, ...environment }, buildkit.home);
    const build = {
      docker: install.docker,
      context,
      dockerfile: path.join(context, DOCKERFILE),
      output: path.join(context, 'built'),
      secrets: install.docker.environment.filter((name) => (valueOf(name) ?? '') !== ''),
      ...(netrc === undefined ? {} : { netrc }),
      ...(cache === undefined ? {} : { cache }),
    };
    const run = redactingShell(shell, valuesOf(install.docker.environment, variables, environment));
    const built = await builders.build(key, async (builder) => {
      // A lost builder may have left a part, which would be mixed with the next one's files.
      await fs.rm(build.output, { recursive: true, force: true });
      const argv = buildxArgv({ ...build, ...(builder === undefined ? {} : { builder }) });
      const result = await watchingBuilder(
        looksAt(shell, program, builder),
        (signal) => run({ argv: [program, ...argv], environment: given, signal })(),
        buildkit.period,
      );
      if (result === undefined) return E.left({ _tag: 'Lost', output: SILENT });
      const tool = toolOf(install, builder);
      if (!succeeded(result))
        return E.left(await buildFailure(run, { program, builder, tool }, task, result));
      const fault = cacheFault(result.output);
      if (fault !== undefined) buildkit.tell(`the cache of builds could not be written to: ${fault}`);
      return E.right({ tool, output: result.output });
    });
    if (E.isLeft(built)) return E.left(causedByVariables(task, own, built.left));
    await takeBuilt(build.output, folders);
    const records = install.isWhole ? takeRecords(folders) : undefined;
    const installer = takeInstaller(folders.bytecode);
    return E.right({
      by: 'buildkit',
      ...built.right,
      ...(installer === undefined ? {} : { installer }),
      ...(notes.length === 0 ? {} : { notes }),
      ...(records === undefined ? {} : { records }),
    });
  };

/** The message about a builder that did not close the connection. */
const SILENT = 'it no longer answers';

/** buildx's word for the state of a builder; some, such as "starting", tell nothing. */
const looksAt =
  (shell: Shell, program: string, builder: Builder): Look =>
  async (signal) => {
    const argv = [program, 'buildx', 'inspect', ...(builder === undefined ? [] : [builder])];
    const { stdout } = await shell({ argv, signal })();
    const [, status] = /^Status:\s+(\w+)/m.exec(stdout) ?? [];
    return status === 'running' ? true : status === 'inactive' || status === 'stopped' ? false : undefined;
  };

const toolOf = ({ docker }: InstallTask['install'], builder: Builder): string =>
  `${hasOwnCommand(docker) ? 'the command' : 'pip'} in ${docker.image} on ${builderName(builder)}`;

/** Makes the folder to send: the gathered inputs, the tools, and the files of this machine that a build reads. */
const makeContext = async (
  { plan, install, folders }: InstallTask,
  searchPath: string,
  empty: readonly string[],
): Promise<string> => {
  const context = path.join(path.dirname(folders.input), CONTEXT);
  await fs.mkdir(context);
  showToCommand(install, folders.input);
  await fs.rename(folders.input, path.join(context, CONTEXT_FOLDERS.input));
  await putBuildTools(
    path.join(context, CONTEXT_FOLDERS.tools),
    install,
    plan,
    searchPath,
    folders.input,
    empty,
  );
  await fs.writeFile(path.join(context, DOCKERFILE), dockerfile(install.docker, downloadsOf(install, plan)));
  return context;
};
