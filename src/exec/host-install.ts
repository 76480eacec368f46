import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../plan/bundle-plan';
import { withoutOtherIndexes } from '../plan/declared-index';
import { forcedBuilds } from '../plan/declarations/forced-builds';
import { isPinned } from '../plan/host-install';
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
import type { Install, InstallTask } from './install';
import { gitFilters } from './git-filters';
import { isolated, isolatedCode } from './isolated-python';
import { targetName } from './install';
import type { Complaints } from './installer-output';
import { installFailure } from './install-failure';
import { lastLines, pipComplaints, saysDiskFull, uvComplaints } from './installer-output';
import { refreshOption } from './local-content';
import type { MachineFiles } from './machine-settings';
import { NO_FILES, saidByMachine } from './machine-settings';
import { nameLocalPackages } from './name-local-packages';
import { PIP_LAUNCHER } from './pip-launcher';
import { redactingShell, valuesOf } from './redacting-shell';
import { refusedOrder } from './refused-order';
import { refusedRequirement, sdistForbidden } from './refused-requirement';
import { requirementTexts } from './requirement-texts';
import { runsInTurn } from './runs-in-turn';
import type { FindSandbox } from './sandbox';
import { withoutSandbox } from './sandbox';
import type { Command, CommandResult, Shell } from './shell';
import { succeeded } from './shell';
import { uvPython } from './uv-python';
import { foreignWheel, installedWheels } from './wheel-tags';

/** How many distributions without a wheel are tried before the last answer stands. */
const MOST_BUILDS = 25;

/**
 * Installs on this machine, with the first tool of the plan that it has.
 *
 * @param own the variables of this machine: installers get no others
 * @param files its `uv.toml` and `pip.conf`: installers read none themselves
 * @param sandbox what confines builds; nothing by default
 * @since 0.1.0
 */
export const hostInstaller = (
  shell: Shell,
  own: Values = {},
  platform: NodeJS.Platform = process.platform,
  files: MachineFiles = NO_FILES,
  sandbox: FindSandbox = withoutSandbox,
): Install => {
  const findTool = findHostTool(shell);
  const find: FindInstall = async ({ install, folders }) => {
    const found = await findTool(install.host.tools, path.join(folders.input, install.workingDirectory));
    const host = { shell, own, files, sandbox, platform };
    return E.isLeft(found) ? found : E.right(modulesWith(host, found.right));
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
  async (task) => {
    const { plan, install, folders, environment } = task;
    const said = saidByMachine(host.own, host.files, environment);
    if (E.isLeft(said)) return said;
    const { variables, notes } = said.right;
    const isUv = found.tool.tool === 'uv';
    if (isUv) await nameLocalPackages(install, folders.input);
    // What an installer that is killed leaves goes with the rest.
    await fs.mkdir(`${folders.output}.tmp`, { recursive: true });
    const cwd = path.join(folders.input, install.workingDirectory);
    const texts = requirementTexts(cwd, install.requirements);
    const chosen = withoutOtherIndexes(variables, texts);
    const order = isUv ? undefined : refusedOrder(task, chosen, texts, toolName(found));
    if (order !== undefined) return E.left(order);
    const forced = forcedBuilds(texts);
    if (isUv && forced[0] !== undefined && install.sdist !== 'host')
      return E.left(failure({ plan, install, folders }, found, NOT_STARTED, forced[0]));
    const isUsed = usesGit(texts);
    const filters = isUsed ? await gitFilters(host.shell, cwd, withValues(variables)) : [];
    const git = { isUsed, filters };
    const attempted = await attempt(
      runner({ ...host, own: chosen }, task, found, git),
      isUv ? uvComplaints : pipComplaints,
      {
        mayBuild: install.sdist === 'host',
        mustBuild: install.host.localPackages.length + forced.length > 0,
        tellsApart: isUv,
      },
    );
    if (E.isLeft(attempted)) return attempted;
    const { result, needsBuild } = attempted.right;
    if (!succeeded(result)) return E.left(failure({ plan, install, folders }, found, result, needsBuild));
    const all = [...notes, ...showTold({ own: host.own, given: environment }, found.tool.tool, install)];
    const foreign = foreignWheel(await installedWheels(folders.output), plan, 'host');
    return foreign === undefined
      ? E.right({
          by: 'host',
          tool: toolName(found),
          output: result.output,
          ...(all.length === 0 ? {} : { notes: all }),
          ...(isUv ? { linked: true } : {}),
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

/**
 * Runs the tool; the distributions named have no wheel.
 *
 * @param builds whether code of theirs may run
 */
type Run = (named: readonly string[], builds: boolean) => Promise<E.Either<ExecutionError, CommandResult>>;

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
    const optionsIn = (variables: Values): readonly string[] => [
      ...(tool.tool === 'pip' ? ['--use-pep517'] : []),
      ...(tool.tool === 'uv' && isOn(variables['UV_NO_INDEX']) ? ['--no-index'] : []),
      ...(tool.tool === 'uv' && !install.isHashed ? refreshOption(variables) : []),
      ...named.flatMap((name) => ['--no-binary', name]),
    ];
    const commandOf = (build: string): readonly string[] =>
      tool.tool === 'pip'
        ? [...isolatedCode(program[0] ?? '', PIP_LAUNCHER), JSON.stringify(install.host.markers), build]
        : isolated(program);
    const all = (output: string, command: readonly string[], start: Start, confined = same) =>
      runsInTurn(tool.runs, output, (argv) =>
        shell({ argv: confined([...command, ...argv, ...optionsIn(start.environment)]), ...start })(),
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

const same = (argv: readonly string[]): readonly string[] => argv;

interface Attempt {
  readonly result: CommandResult;
  /** The requirement that could not be had without a build that this machine cannot make. */
  readonly needsBuild: string | undefined;
}

const nameOf = (requirement: string): string => /^[A-Za-z0-9._-]+/.exec(requirement)?.[0] ?? requirement;

/** What may be done of an install, and how the tool tells of it. */
interface Policy {
  /** Whether what has no wheel may be built. */
  readonly mayBuild: boolean;
  /** Whether something has none for certain. */
  readonly mustBuild: boolean;
  /** Whether the tool tells what has no wheel from what is not there at all. */
  readonly tellsApart: boolean;
}

const NO_COMPLAINTS: Complaints = { withoutWheel: [], unbuildable: undefined };

/**
 * Wheels only at first, so that no code of strangers runs; then the distributions that have none are built, as the tool names
 * them. Both tools check what they build from against the hashes that the requirements ask for; only what is pure Python
 * will do. Where nothing may be built, a tool that does not tell apart is asked for what it refuses to build.
 */
const attempt = async (
  run: Run,
  read: (output: string) => Complaints,
  { mayBuild, mustBuild, tellsApart }: Policy,
): Promise<E.Either<ExecutionError, Attempt>> => {
  const named = new Map<string, string>();
  let builds = mayBuild && mustBuild;
  for (;;) {
    const ran = await run([...named.keys()], builds);
    if (E.isLeft(ran)) return ran;
    const result = ran.right;
    const complaints = succeeded(result) ? NO_COMPLAINTS : read(result.output);
    const { withoutWheel, unbuildable, refused } = complaints;
    const missing = withoutWheel.filter((requirement) => !named.has(nameOf(requirement)));
    const without = refused ?? missing[0];
    if (without === undefined) {
      return E.right({
        result,
        needsBuild: unbuildable && longer(unbuildable, named.get(nameOf(unbuildable))),
      });
    }
    if (named.size >= MOST_BUILDS || (!mayBuild && (tellsApart || refused !== undefined)))
      return E.right({ result, needsBuild: without });
    builds = mayBuild;
    missing.forEach((requirement) => named.set(nameOf(requirement), requirement));
  }
};

/** One tool tells the version when it asks for a build, the other when the build fails. */
const longer = (a: string, b = ''): string => (b.length > a.length ? b : a);

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
  return needsBuild === undefined
    ? installFailure(toolName(found), result)
    : cannotBuild(plan, needsBuild, result);
};

const cannotBuild = (plan: BundlePlan, requirement: string, { output }: CommandResult): ExecutionError => ({
  _tag: 'NeedsBuild',
  requirement,
  target: targetName(plan),
  output: lastLines(output),
});
