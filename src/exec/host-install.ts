import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../plan/bundle-plan';
import type { HostInstall, HostTool } from '../plan/install-plan';
import type { Values } from '../plan/installer-environment';
import { hostEnvironment } from '../plan/installer-environment';
import type { ExecutionError } from './execution-error';
import type { FoundTool } from './host-tool';
import { findHostTool } from './host-tool';
import type { FindInstall } from './host-whole';
import { wholeOnHost } from './host-whole';
import type { Install, InstallTask } from './install';
import { targetName } from './install';
import type { Complaints } from './installer-output';
import { installFailure } from './install-failure';
import { lastLines, pipComplaints, saysDiskFull, uvComplaints } from './installer-output';
import { mergeTrees } from './merge-trees';
import { nameLocalPackages } from './name-local-packages';
import { PIP_LAUNCHER } from './pip-launcher';
import { redactingShell, valuesOf } from './redacting-shell';
import { refusedRequirement } from './refused-requirement';
import type { CommandResult, Shell } from './shell';
import { succeeded } from './shell';
import { foreignWheel, installedWheels } from './wheel-tags';

/** How many distributions without a wheel are tried before the last answer stands. */
const MOST_BUILDS = 25;

/**
 * Installs on this machine, with the first tool of the plan that it has.
 *
 * @param own the variables that the shell gives to every command
 * @since 0.1.0
 */
export const hostInstaller = (
  shell: Shell,
  own: Values = {},
  platform: NodeJS.Platform = process.platform,
): Install => {
  const findTool = findHostTool(shell);
  const find: FindInstall = async ({ install, folders }) => {
    const found = await findTool(install.host.tools, path.join(folders.input, install.workingDirectory));
    return E.isLeft(found) ? found : E.right(modulesWith(shell, own, found.right));
  };
  const whole = wholeOnHost(shell, find, own, platform);
  return async (task) => {
    if (task.install.isWhole) return whole(task);
    const modules = await find(task);
    return E.isLeft(modules) ? modules : modules.right(task);
  };
};

/** Installs the requirements with one tool. */
const modulesWith =
  (shell: Shell, own: Values, found: FoundTool): Install =>
  async ({ plan, install, folders, environment }) => {
    const isUv = found.tool.tool === 'uv';
    if (isUv) await nameLocalPackages(install, folders.input);
    const cwd = path.join(folders.input, install.workingDirectory);
    const { result, needsBuild } = await attempt(
      runner(
        redactingShell(shell, valuesOf(install.docker.environment, own, environment)),
        { ...hostEnvironment(own, environment), ...install.host.environment },
        install.host.markers,
        found,
        folders.output,
        cwd,
      ),
      isUv ? uvComplaints : pipComplaints,
    );
    if (!succeeded(result)) return E.left(failure({ plan, install, folders }, found, result, needsBuild));
    const foreign = foreignWheel(await installedWheels(folders.output), plan, 'host');
    return foreign === undefined
      ? E.right({
          by: 'host',
          tool: toolName(found),
          output: result.output,
          ...(isUv ? { linked: true } : {}),
        })
      : E.left(cannotBuild(plan, foreign.distribution.replace('-', '=='), result));
  };

/** Runs the tool; the distributions named are built from source, as they have no wheel. */
type Run = (build: readonly string[]) => Promise<CommandResult>;

const runner =
  (
    shell: Shell,
    environment: HostInstall['environment'],
    markers: HostInstall['markers'],
    { tool, program }: FoundTool,
    output: string,
    cwd: string,
  ): Run =>
  (build) => {
    const start =
      tool.tool === 'pip' ? [...program.slice(0, 1), '-c', PIP_LAUNCHER, JSON.stringify(markers)] : program;
    // pip 23.0 would else let a setup.py install itself, and leave no metadata that tells what came of it.
    const builds = [
      ...(tool.tool === 'pip' ? ['--use-pep517'] : []),
      ...build.flatMap((name) => ['--no-binary', name]),
    ];
    return inTurn(tool.runs, output, (argv) =>
      shell({ argv: [...start, ...argv, ...builds], cwd, environment })(),
    );
  };

/**
 * One run after the other, until one fails. Each but the first has a folder of its own for a while: pip leaves out what
 * belongs into a folder that is there already, such as a namespace package.
 */
const inTurn = async (
  runs: HostTool['runs'],
  output: string,
  start: (argv: readonly string[]) => Promise<CommandResult>,
): Promise<CommandResult> => {
  let result: CommandResult = { exitCode: 0, signal: null, stdout: '', output: '' };
  for (const [index, argv] of runs.entries()) {
    const folder = index === 0 ? output : `${output}.next`;
    if (folder !== output) await makeEmpty(folder);
    const next = await start(argv.map((argument) => (argument === '{output}' ? folder : argument)));
    result = { ...next, output: [result.output, next.output].filter((text) => text !== '').join('\n') };
    if (!succeeded(next)) break;
    if (folder !== output) mergeTrees(folder, output);
  }
  return result;
};

/** What a run that failed has left is gone, and one that installs nothing leaves a folder all the same. */
const makeEmpty = async (folder: string): Promise<void> => {
  await fs.rm(folder, { recursive: true, force: true });
  await fs.mkdir(folder);
};

interface Attempt {
  readonly result: CommandResult;
  /** The requirement that could not be had without a build that this machine cannot make. */
  readonly needsBuild: string | undefined;
}

const nameOf = (requirement: string): string => /^[A-Za-z0-9._-]+/.exec(requirement)?.[0] ?? requirement;

/**
 * Wheels only at first; then the distributions that have none are built, as the tool names them. Both tools check what
 * they build from against the hashes that the requirements ask for; only what is pure Python will do.
 */
const attempt = async (run: Run, read: (output: string) => Complaints): Promise<Attempt> => {
  const built = new Map<string, string>();
  for (;;) {
    const result = await run([...built.keys()]);
    const { withoutWheel, unbuildable } = succeeded(result)
      ? { withoutWheel: [], unbuildable: undefined }
      : read(result.output);
    const missing = withoutWheel.filter((requirement) => !built.has(nameOf(requirement)));
    if (missing.length === 0) {
      return { result, needsBuild: unbuildable && longer(unbuildable, built.get(nameOf(unbuildable))) };
    }
    if (built.size >= MOST_BUILDS) return { result, needsBuild: missing[0] };
    missing.forEach((requirement) => built.set(nameOf(requirement), requirement));
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
