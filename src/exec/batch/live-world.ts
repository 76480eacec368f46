import * as os from 'node:os';
import { cleaning } from '../container/abandoned-containers';
import { autoInstaller } from '../host/auto-install';
import { buildCache } from '../buildkit/build-cache';
import { buildersIn, liveBuilders } from '../buildkit/builders';
import { buildkitInstaller } from '../buildkit/buildkit-install';
import { dockerInstaller } from '../container/docker-install';
import { engineSight } from '../container/engine-sight';
import { withHashesAsked } from '../install/hashes-asked';
import { homeOf } from '../files/home';
import { hostInstaller } from '../host/host-install';
import { withIndexCredentials } from '../variables/index-users';
import type { Install } from '../install/install';
import type { Progress } from '../process/progress';
import { liveProgress, plainProgress } from '../process/progress';
import { remoteStore } from '../shared-store/remote-store';
import { liveSandbox, refuseBuilds } from '../host/sandbox';
import { liveShell } from '../process/shell';
import { liveStore } from './live-store';
import { machineFiles } from '../machine/machine-files';
import type { Ask, InterpreterPlaces } from '../machine/interpreter';
import { askProgram } from '../machine/interpreter';
import type { AskTool } from '../machine/known-tools';
import { askTool, nativeVersions, toolVersions } from '../machine/known-tools';
import { sourceCompiler } from './compile-sources';
import { liveInterpreters } from '../bytecode/interpreters';
import { moduleCompiler } from '../bytecode/module-bytecode';
import { namedFromHere } from '../variables/absolute-variable-paths';
import { withUrlVariables } from '../variables/url-variables';
import type { World } from './world';

/** How to ask this machine's programs for their versions. */
interface Questions {
  /** @default - each program is started */
  readonly tools?: (places: InterpreterPlaces) => AskTool;
  /** @default - each Python is started */
  readonly python?: Ask;
  /** Versions that an install need not ask for again. @default - those of programs that are no launchers or scripts */
  readonly known?: typeof nativeVersions;
}

/**
 * The real world: this machine's programs, disk, clock and terminal. No other place creates it.
 *
 * @param mayBuild whether code of distributions may run on this machine, in a sandbox or not
 * @param questions other ways to ask programs; tests share answers about tools
 * @since 0.1.0
 */
export const liveWorld = async (
  variables: NodeJS.ProcessEnv,
  mayBuild = true,
  questions: Questions = {},
): Promise<World> => {
  const { tools = askTool, python = askProgram, known = nativeVersions } = questions;
  const environment = namedFromHere(variables);
  const shell = liveShell(environment);
  const { platform } = process;
  const places = { environment, platform };
  const files = machineFiles(places);
  const checked = (install: Install): Install =>
    withHashesAsked(
      environment,
      files,
      withUrlVariables(environment, withIndexCredentials(environment, files, install)),
    );
  const progress = await terminalProgress(environment);
  // Written above the progress that a terminal shows.
  const say = (line: string): void => progress.end('note', line);
  const sandbox = mayBuild ? liveSandbox(shell, environment, platform, say) : refuseBuilds;
  const ask = tools(places);
  const store = liveStore(places, { files, ask });
  const versions = known(toolVersions(store.folder, places, ask), places);
  const host = checked(hostInstaller(shell, environment, platform, files, sandbox, versions));
  const engine = {
    program: environment['CDK_DOCKER'] || 'docker',
    // Numbers, as the invoking user may have no name in a container. Windows has no such numbers.
    user: `${process.getuid?.() ?? 1000}:${process.getgid?.() ?? 1000}`,
    searchPath: environment['PATH'] ?? '',
    environment,
    home: homeOf(environment),
    files,
    sight: engineSight(say),
  };
  const docker = checked(cleaning(shell, engine.program, dockerInstaller(shell, engine)));
  const names = buildersIn(environment);
  const buildkit = checked(
    buildkitInstaller(shell, {
      ...engine,
      builders: liveBuilders(names, say),
      cache: buildCache(environment),
      tell: say,
    }),
  );
  const interpreters = liveInterpreters(store.folder, places, python);
  const remote = remoteStore(environment);
  return {
    store,
    ...(remote === undefined ? {} : { remote }),
    installers: { host, docker, buildkit, auto: autoInstaller(host, docker, say) },
    places,
    compile: moduleCompiler(shell, interpreters),
    compileSources: sourceCompiler(store, shell, engine, interpreters, progress),
    progress,
    now: () => performance.now(),
    // Each builder is assumed to have as many cores as this machine.
    parallelism: os.availableParallelism(),
    builders: names.length,
  };
};

const terminalProgress = async (environment: NodeJS.ProcessEnv): Promise<Progress> => {
  const write = (line: string): void => void process.stderr.write(line);
  if (!process.stderr.isTTY || environment['CI'] !== undefined) return plainProgress(write);
  const { createLogUpdate } = await import('log-update');
  return liveProgress(createLogUpdate(process.stderr), write, () => performance.now());
};
