import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { withoutOtherIndexes } from '../../plan/variables/declared-index';
import { forcedBuilds } from '../../plan/declarations/lines/forced-builds';
import { indexTexts } from '../../plan/declarations/uv-settings/uv-files';
import { isPinned } from '../../plan/install/installer-argv';
import type { HostTool } from '../../plan/model/host-plan';
import type { Values } from '../../plan/variables/installer-environment';
import { handedOn, hostEnvironment, withValues } from '../../plan/variables/installer-environment';
import { usesGit, withPlainCheckouts } from '../../plan/variables/git-settings';
import { showTold } from '../../plan/install/variables-note';
import { optionsForUv } from '../../plan/variables/version-variables';
import { buildOnHost, NO_PIP_FILE } from './build-on-host';
import type { ExecutionError } from '../errors/execution-error';
import { cannotLoad, hostFailure, toolName } from '../failures/host-failure';
import { findHostTool, type FoundTool } from '../machine/host-tool';
import type { FindInstall } from './host-whole';
import { wholeOnHost } from './host-whole';
import { handledLater } from '../files/in-parallel';
import type { Install, InstallTask } from '../install/install';
import { gitFilters } from '../git/git-filters';
import { installerMissing } from '../errors/installer-missing';
import { isolated, isolatedCode } from '../process/isolated-python';
import { builtHere, saysBuild } from '../failures/failed-build';
import { builtByPip, pipComplaints, UNNAMED, uvComplaints } from '../scripts/installer-output';
import type { ToolVersions } from '../machine/known-tools';
import { refreshOption } from '../local-packages/local-content';
import type { MachineFiles } from '../machine/settings-files';
import { NO_FILES, saidByMachine } from '../machine/settings-files';
import { needsUv } from '../install/needs-uv';
import type { Outcome } from '../variables/newer-wheels';
import { withNewerWheels } from '../variables/newer-wheels';
import { nameLocalPackages } from '../local-packages/name-local-packages';
import { PIP_LAUNCHER } from '../scripts/pip-launcher';
import { reachingIndexes } from '../variables/reaching-indexes';
import { redactingShell, valuesOf } from '../process/redacting-shell';
import { refusedOrder } from '../variables/refused-order';
import { requirementTexts } from '../files/requirement-texts';
import { variablesOfRun } from '../variables/run-indexes';
import { ruledOutBuilds } from '../variables/ruled-out-builds';
import type { FindSandbox } from './sandbox';
import { withoutSandbox } from './sandbox';
import type { Command, CommandResult, Shell } from '../process/shell';
import { succeeded } from '../process/shell';
import { settledRuns } from '../distributions/settle-clashes';
import { splitRuns } from '../variables/split-runs';
import type { UnnamedLocal } from '../local-packages/unnamed-locals';
import { nameUnnamed, unnamedLocals } from '../local-packages/unnamed-locals';
import { tellingPages, withPages } from '../scripts/uv-pages';
import { uvPython } from '../machine/uv-python';
import { causedByVariables, variablesRefused } from '../variables/variables-refused';
import { attempt, type Run, withoutOnlyBinary } from '../scripts/wheels-first';
import type { InstalledWheel } from '../distributions/wheel-tags';
import { foreignWheel, foreignWheels, installedWheels } from '../distributions/wheel-tags';

/**
 * Installs on this machine, with the plan's first tool that the machine has.
 *
 * @param own the variables of this machine: installers get no others
 * @param files this machine's `uv.toml` and `pip.conf`: installers read none themselves
 * @param sandbox confines builds; by default nothing does
 * @param known versions of tools that are known already; by default none
 * @since 0.1.0
 */
export const hostInstaller = (
  shell: Shell,
  own: Values = {},
  platform: NodeJS.Platform = process.platform,
  files: MachineFiles = NO_FILES,
  sandbox: FindSandbox = withoutSandbox,
  known: ToolVersions = () => undefined,
): Install => {
  const findTool = findHostTool(shell, known);
  const find: FindInstall = async ({ install, folders }) => {
    const found = await findTool(install.host.tools, path.join(folders.input, install.workingDirectory));
    const host = { shell, own, files, sandbox, platform };
    return E.isLeft(found)
      ? E.left(installerMissing(install, needsUv(install, found.left)))
      : E.right(modulesWith(host, found.right));
  };
  const whole = wholeOnHost(shell, find, own, platform);
  return async (task) => {
    const said = saidByMachine(own, files);
    if (E.isLeft(said)) return said;
    if (task.install.isWhole) return whole(task);
    const modules = await find(task);
    return E.isLeft(modules) ? modules : modules.right(task);
  };
};

/** The settings of installs on this machine. */
interface Host {
  readonly shell: Shell;
  readonly own: Values;
  readonly files: MachineFiles;
  readonly sandbox: FindSandbox;
  readonly platform: NodeJS.Platform;
}

/** Installs the requirements with one tool. */
const modulesWith =
  (host: Host, found: FoundTool): Install =>
  async (asked) => {
    const { plan, install, folders } = asked;
    const said = saidByMachine(host.own, host.files, asked.environment);
    if (E.isLeft(said)) return said;
    const isUv = found.tool.tool === 'uv';
    // The sandbox is tried while the install is prepared.
    if (install.sdist === 'host' && install.host.localPackages.length > 0) void handledLater(host.sandbox());
    const complaintsIn = isUv ? uvComplaints : pipComplaints;
    if (isUv) await nameLocalPackages(install, folders.input);
    // The rest of a killed installer is removed with the output.
    await fs.mkdir(`${folders.output}.tmp`, { recursive: true });
    const cwd = path.join(folders.input, install.workingDirectory);
    const texts = requirementTexts(cwd, install.requirements);
    const { own: variables, given: environment, notes } = reachingIndexes(asked, said.right, texts);
    const task = { ...asked, environment };
    const chosen = install.isLocked
      ? variables
      : withoutOtherIndexes(variables, [...texts, ...indexTexts(install.uv)]);
    const refused =
      (isUv ? undefined : refusedOrder(task, chosen, toolName(found))) ??
      variablesRefused(task, chosen, found);
    if (refused !== undefined) return E.left(refused);
    const forced = forcedBuilds(texts);
    const settings = { values: { ...variables, ...environment }, given: environment, ...host };
    const { isOff, isRuledOut, errorOf, contradiction } = ruledOutBuilds(texts, settings, task);
    const contradicted = contradiction(forced);
    if (contradicted !== undefined) return E.left(contradicted);
    if (isUv && forced[0] !== undefined && install.sdist !== 'host')
      return E.left(hostFailure({ plan, install, folders }, found, NOT_STARTED, forced[0]));
    const isUsed = usesGit(texts);
    const filters = isUsed ? await gitFilters(host.shell, cwd, withValues(variables)) : [];
    const git = { isUsed, filters };
    const mayBuild = install.sdist === 'host';
    const runsOf = (runs: HostTool['runs']): HostTool['runs'] =>
      isUv && forced.includes(':all:') ? runs.map(withoutOnlyBinary) : runs;
    const plain = (runs: HostTool['runs']): Run =>
      runner({ ...host, own: chosen }, task, { ...found, tool: { ...found.tool, runs: runsOf(runs) } }, git);
    const fail = (result: CommandResult, needsBuild: string | undefined): E.Left<ExecutionError> =>
      E.left(
        causedByVariables(task, chosen, hostFailure({ plan, install, folders }, found, result, needsBuild)),
      ) as E.Left<ExecutionError>;
    const unnamed = unnamedLocals(install, folders.input);
    const placeOf = ({ folder }: UnnamedLocal): string => path.join(folders.input, folder);
    const named =
      isUv && mayBuild
        ? await nameUnnamed(unnamed, install, folders.input, found.tool.runs, plain)
        : E.right([]);
    if (E.isLeft(named)) {
      if (named.left._tag !== 'Unnameable') return E.left(named.left);
      const { local, result } = named.left;
      return fail(result, saysBuild(result.output) ? placeOf(local) : undefined);
    }
    const names = named.right;
    const run = (runs: HostTool['runs']): Run => {
      const start = plain(runs);
      return (more, builds) => start([...names, ...more], builds);
    };
    const { newer } = found.tool;
    const attempted = await attempt(
      withNewerWheels(run(found.tool.runs), newer && run(newer), {
        output: folders.output,
        withoutWheel: (output) => complaintsIn(output).withoutWheel,
        look: async () => outcomeIn(await installedWheels(folders.output), plan),
        mayBuild,
        split: async (outcome) => run(await splitRuns(found.tool, outcome, `${folders.output}.tmp`)),
      }),
      complaintsIn,
      {
        mayBuild,
        mustBuild: install.host.localPackages.length + unnamed.length + forced.length > 0,
        tellsApart: isUv,
        isOff,
        isRuledOut,
      },
    );
    if (E.isLeft(attempted)) return attempted;
    const { needsBuild, built } = attempted.right;
    const seeing = runner({ ...host, shell: tellingPages(host.shell), own: chosen }, task, found, git);
    const result = isUv ? await withPages(attempted.right.result, seeing) : attempted.right.result;
    if (!succeeded(result)) {
      const ruledOut = needsBuild === undefined ? undefined : errorOf(needsBuild);
      if (ruledOut !== undefined) return E.left(ruledOut);
      const [local, ...others] = unnamed;
      const isLocal = needsBuild === UNNAMED && local !== undefined && others.length === 0;
      return fail(result, isLocal ? placeOf(local) : needsBuild);
    }
    const wheels = await installedWheels(folders.output);
    const fromSource = [...built, ...forced];
    const all = [
      ...notes,
      ...showTold({ own: host.own, given: environment }, install),
      ...builtHere(
        [...fromSource, ...install.host.localPackages, ...names, ...builtByPip(result.output)],
        wheels,
      ),
    ];
    const foreign = foreignWheel(wheels, plan, 'host');
    return foreign === undefined
      ? E.right({
          by: 'host',
          tool: toolName(found),
          installer: { name: found.tool.tool, version: found.version },
          output: result.output,
          ...(all.length === 0 ? {} : { notes: all }),
          ...(isUv ? { linked: true } : {}),
          ...(fromSource.length === 0 ? {} : { built: fromSource }),
        })
      : E.left(cannotLoad({ plan, install }, found, foreign.distribution, result));
  };

/**
 * uv knows a file of a local index only by its path, and would take an earlier one from there. It also keeps checkouts,
 * which another run may have made with other settings of Git. pip does not check the settings of wheels that it built
 * before.
 */
const ownCaches = (folder: string): Readonly<Record<string, string>> => ({
  UV_CACHE_DIR: path.join(folder, 'uv-cache'),
  PIP_CACHE_DIR: path.join(folder, 'pip-cache'),
});

/** The working folder and environment of a tool. */
type Start = Required<Pick<Command, 'cwd' | 'environment' | 'bare'>>;

/** The install's use of Git. */
interface UseOfGit {
  /** Whether a requirement names a repository. */
  readonly isUsed: boolean;
  /** Names of the filters in Git's settings. */
  readonly filters: readonly string[];
}

const runner = (host: Host, task: InstallTask, { tool, program }: FoundTool, git: UseOfGit): Run => {
  const { install, folders, environment } = task;
  const { own } = host;
  const shell = redactingShell(host.shell, valuesOf(install.docker.environment, own, environment));
  const pins = { isPinned: isPinned(install) };
  const [mine, given] = [handedOn(own, pins), handedOn(environment, pins)];
  const python = tool.tool === 'uv' ? uvPython(mine, program) : {};
  const temporary = `${folders.output}.tmp`;
  const plain = (variables: Readonly<Record<string, string>>) =>
    withPlainCheckouts(variables, host.platform, git.filters);
  const wheels = {
    cwd: path.join(folders.input, install.workingDirectory),
    environment: {
      ...plain({ ...withValues(mine), ...hostEnvironment(mine, given) }),
      ...install.host.environment,
      ...python,
      ...Object.fromEntries(['TMPDIR', 'TEMP', 'TMP'].map((name) => [name, temporary])),
      ...(install.declared.indexes.length === 0 && !git.isUsed && install.configSettings === undefined
        ? {}
        : ownCaches(temporary)),
      ...NO_PIP_FILE,
    },
    bare: true,
  };
  return async (named, builds) => {
    // Otherwise, pip 23.0 would let a setup.py install itself without metadata that describe the result. A build has a
    // new cache, so nothing in it is old.
    const optionsIn = (variables: Values): readonly string[] => [
      ...(tool.tool === 'pip' ? ['--use-pep517'] : []),
      ...(tool.tool === 'uv' ? optionsForUv(variables) : []),
      ...(tool.tool === 'uv' && !install.isHashed && !builds ? refreshOption(variables) : []),
      ...named.flatMap((name) => ['--no-binary', name]),
    ];
    const commandOf = (build: string): readonly string[] =>
      tool.tool === 'pip'
        ? [...isolatedCode(program[0] ?? '', PIP_LAUNCHER), JSON.stringify(install.host.markers), build]
        : isolated(program);
    const all = (output: string, command: readonly string[], start: Start, confined = same) =>
      settledRuns(tool, output, install.leftOut.omit, (argv, more) => {
        const variables = { ...start.environment, ...more };
        return shell({
          argv: confined([...command, ...argv, ...optionsIn(start.environment)]),
          ...start,
          environment: variablesOfRun(install, start.cwd, argv, variables, Object.keys(environment)),
        })();
      });
    if (!builds) return E.right(await all(folders.output, commandOf(''), wheels));
    return buildOnHost(
      { task, ...host, own: mine, given, python, filters: git.filters },
      ({ output, build, confined, ...start }) => all(output, commandOf(build), start, confined),
    );
  };
};

/** The result of an installer that was not started, because it would build. */
const NOT_STARTED: CommandResult = { exitCode: 1, signal: null, stdout: '', output: '' };

const outcomeIn = (wheels: readonly InstalledWheel[], plan: BundlePlan): Outcome => ({
  all: wheels.map(({ distribution }) => distribution),
  foreign: foreignWheels(wheels, plan, 'host').map(({ distribution }) => distribution),
});

const same = (argv: readonly string[]): readonly string[] => argv;
