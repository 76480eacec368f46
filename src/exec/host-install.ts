import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../plan/bundle-plan';
import { withoutOtherIndexes } from '../plan/declared-index';
import { forcedBuilds } from '../plan/declarations/forced-builds';
import { indexTexts } from '../plan/declarations/tool-uv/uv-files';
import { isPinned } from '../plan/host-install';
import type { HostTool } from '../plan/host-plan';
import type { Values } from '../plan/installer-environment';
import { handedOn, hostEnvironment, isOn, withValues } from '../plan/installer-environment';
import { usesGit, withPlainCheckouts } from '../plan/git-settings';
import { showTold } from '../plan/told-variables';
import { buildOnHost, NO_PIP_FILE } from './build-on-host';
import type { ExecutionError } from './execution-error';
import type { FoundTool } from './host-tool';
import { findHostTool } from './host-tool';
import type { FindInstall } from './host-whole';
import { wholeOnHost } from './host-whole';
import { handledLater } from './in-parallel';
import type { Install, InstallTask } from './install';
import { gitFilters } from './git-filters';
import { installerMissing } from './installer-missing';
import { isolated, isolatedCode } from './isolated-python';
import { targetName } from './install';
import { installFailure } from './install-failure';
import { buildFailed, builtHere, saysBuildFailed } from './failed-build';
import { lastLines, pipComplaints, saysDiskFull, uvComplaints } from './installer-output';
import type { ToolVersions } from './known-tools';
import { refreshOption } from './local-content';
import type { MachineFiles } from './machine-settings';
import { NO_FILES, saidByMachine } from './machine-settings';
import { needsUv } from './needs-uv';
import type { Outcome } from './newer-wheels';
import { withNewerWheels } from './newer-wheels';
import { nameLocalPackages } from './name-local-packages';
import { PIP_LAUNCHER } from './pip-launcher';
import { reachingIndexes } from './reaching-indexes';
import { redactingShell, valuesOf } from './redacting-shell';
import { refusedOrder } from './refused-order';
import { refusedRequirement, sdistForbidden } from './refused-requirement';
import { requirementTexts } from './requirement-texts';
import { variablesOfRun } from './run-indexes';
import { runsInTurn } from './runs-in-turn';
import type { FindSandbox } from './sandbox';
import { withoutSandbox } from './sandbox';
import type { Command, CommandResult, Shell } from './shell';
import { succeeded } from './shell';
import { splitRuns } from './split-runs';
import { uvPython } from './uv-python';
import type { Run } from './wheels-first';
import { attempt } from './wheels-first';
import type { InstalledWheel } from './wheel-tags';
import { foreignWheel, foreignWheels, installedWheels } from './wheel-tags';

/**
 * Installs on this machine, with the first tool of the plan that it has.
 *
 * @param own the variables of this machine: installers get no others
 * @param files its `uv.toml` and `pip.conf`: installers read none themselves
 * @param sandbox what confines builds; nothing by default
 * @param known versions of tools that need not be asked; by default none
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

/** What installs on this machine are made with. */
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
    // It is tried while the install is prepared.
    if (install.sdist === 'host' && install.host.localPackages.length > 0) void handledLater(host.sandbox());
    const complaintsIn = isUv ? uvComplaints : pipComplaints;
    if (isUv) await nameLocalPackages(install, folders.input);
    // What an installer that is killed leaves goes with the rest.
    await fs.mkdir(`${folders.output}.tmp`, { recursive: true });
    const cwd = path.join(folders.input, install.workingDirectory);
    const texts = requirementTexts(cwd, install.requirements);
    const { own: variables, given: environment, notes } = reachingIndexes(asked, said.right, texts);
    const task = { ...asked, environment };
    const chosen = install.isLocked
      ? variables
      : withoutOtherIndexes(variables, [...texts, ...indexTexts(install.uv)]);
    const order = isUv ? undefined : refusedOrder(task, chosen, toolName(found));
    if (order !== undefined) return E.left(order);
    const forced = forcedBuilds(texts);
    if (isUv && forced[0] !== undefined && install.sdist !== 'host')
      return E.left(failure({ plan, install, folders }, found, NOT_STARTED, forced[0]));
    const isUsed = usesGit(texts);
    const filters = isUsed ? await gitFilters(host.shell, cwd, withValues(variables)) : [];
    const git = { isUsed, filters };
    const run = (runs: HostTool['runs']): Run =>
      runner({ ...host, own: chosen }, task, { ...found, tool: { ...found.tool, runs } }, git);
    const { newer } = found.tool;
    const attempted = await attempt(
      withNewerWheels(run(found.tool.runs), newer && run(newer), {
        output: folders.output,
        withoutWheel: (output) => complaintsIn(output).withoutWheel,
        look: async () => outcomeIn(await installedWheels(folders.output), plan),
        mayBuild: install.sdist === 'host',
        split: async (outcome) => run(await splitRuns(found.tool, outcome, `${folders.output}.tmp`)),
      }),
      complaintsIn,
      {
        mayBuild: install.sdist === 'host',
        mustBuild: install.host.localPackages.length + forced.length > 0,
        tellsApart: isUv,
      },
    );
    if (E.isLeft(attempted)) return attempted;
    const { result, needsBuild, built } = attempted.right;
    if (!succeeded(result)) return E.left(failure({ plan, install, folders }, found, result, needsBuild));
    const wheels = await installedWheels(folders.output);
    const fromSource = [...built, ...forced];
    const all = [
      ...notes,
      ...showTold({ own: host.own, given: environment }, found.tool.tool, install),
      ...builtHere([...fromSource, ...install.host.localPackages], wheels),
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
      : E.left(cannotBuild(plan, foreign.distribution.replace('-', '=='), result));
  };

/**
 * uv knows a file of a local index by its path alone, and would take the one that lay there before. It also keeps checkouts, which
 * another run may have made with other settings of Git.
 */
const ownCaches = (folder: string): Readonly<Record<string, string>> => ({
  UV_CACHE_DIR: path.join(folder, 'uv-cache'),
  PIP_CACHE_DIR: path.join(folder, 'pip-cache'),
});

/** Where a tool runs, and with what. */
type Start = Required<Pick<Command, 'cwd' | 'environment' | 'bare'>>;

/** What an install has to do with Git. */
interface UseOfGit {
  /** Whether a requirement names a repository. */
  readonly isUsed: boolean;
  /** Names of the filters that Git's settings define. */
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
      ...(install.declared.indexes.length === 0 && !git.isUsed ? {} : ownCaches(temporary)),
      ...NO_PIP_FILE,
    },
    bare: true,
  };
  return async (named, builds) => {
    // pip 23.0 would else let a setup.py install itself, and leave no metadata that tells what came of it.
    // What builds has a new cache, in which nothing is old.
    const optionsIn = (variables: Values): readonly string[] => [
      ...(tool.tool === 'pip' ? ['--use-pep517'] : []),
      ...(tool.tool === 'uv' && isOn(variables['UV_NO_INDEX']) ? ['--no-index'] : []),
      ...(tool.tool === 'uv' && !install.isHashed && !builds ? refreshOption(variables) : []),
      ...named.flatMap((name) => ['--no-binary', name]),
    ];
    const commandOf = (build: string): readonly string[] =>
      tool.tool === 'pip'
        ? [...isolatedCode(program[0] ?? '', PIP_LAUNCHER), JSON.stringify(install.host.markers), build]
        : isolated(program);
    const all = (output: string, command: readonly string[], start: Start, confined = same) =>
      runsInTurn(tool.runs, output, (argv) =>
        shell({
          argv: confined([...command, ...argv, ...optionsIn(start.environment)]),
          ...start,
          environment: variablesOfRun(install, start.cwd, argv, start.environment, Object.keys(environment)),
        })(),
      );
    if (!builds) return E.right(await all(folders.output, commandOf(''), wheels));
    return buildOnHost(
      { task, ...host, own: mine, given, python, filters: git.filters },
      ({ output, build, confined, ...start }) => all(output, commandOf(build), start, confined),
    );
  };
};

/** What is said of an installer that was not started, because it would build. */
const NOT_STARTED: CommandResult = { exitCode: 1, signal: null, stdout: '', output: '' };

const outcomeIn = (wheels: readonly InstalledWheel[], plan: BundlePlan): Outcome => ({
  all: wheels.map(({ distribution }) => distribution),
  foreign: foreignWheels(wheels, plan, 'host').map(({ distribution }) => distribution),
});

const same = (argv: readonly string[]): readonly string[] => argv;

const toolName = ({ tool, version }: FoundTool): string => `${tool.tool} ${version}`;

const failure = (
  { plan, install, folders: { output } }: Pick<InstallTask, 'plan' | 'install' | 'folders'>,
  found: FoundTool,
  result: CommandResult,
  needsBuild: string | undefined,
): ExecutionError => {
  if (saysDiskFull(result.output)) return { _tag: 'DiskFull', path: output };
  const refused =
    needsBuild === undefined ? refusedRequirement(install, targetName(plan), result.output) : undefined;
  if (refused !== undefined) return refused;
  if (needsBuild !== undefined && install.sdist === 'forbid')
    return sdistForbidden(install, plan, needsBuild);
  if (needsBuild === undefined) return installFailure(toolName(found), result);
  return saysBuildFailed(result.output)
    ? buildFailed(install, needsBuild, result.output)
    : cannotBuild(plan, needsBuild, result);
};

const cannotBuild = (plan: BundlePlan, requirement: string, { output }: CommandResult): ExecutionError => ({
  _tag: 'NeedsBuild',
  requirement,
  target: targetName(plan),
  output: lastLines(output),
});
