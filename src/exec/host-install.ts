import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../plan/bundle-plan';
import type { HostInstall } from '../plan/install-plan';
import type { ExecutionError } from './execution-error';
import type { FoundTool } from './host-tool';
import { findHostTool } from './host-tool';
import type { Install } from './install';
import { targetName } from './install';
import { lastLines, pipNeedsBuild, uvNeedsBuild } from './installer-output';
import { PIP_LAUNCHER } from './pip-launcher';
import type { CommandResult, Shell } from './shell';
import { ending, succeeded } from './shell';
import { foreignWheel, installedWheels } from './wheel-tags';

/** How many distributions without a wheel are tried before the last answer stands. */
const MOST_BUILDS = 25;

/** Installs on this machine, with the first tool of the plan that it has. */
export const hostInstaller = (shell: Shell): Install => {
  const find = findHostTool(shell);
  return async ({ plan, install, folders }) => {
    const found = await find(install.host.tools);
    if (E.isLeft(found)) return found;
    const run = runner(shell, install.host, found.right, folders, install.workingDirectory);
    const { result, built } =
      found.right.tool.tool === 'uv' ? await withUv(run) : await withPip(run, `${folders.output}-wheels`);
    if (!succeeded(result)) return E.left(failure(plan, found.right, result, built));
    const foreign = foreignWheel(await installedWheels(folders.output), plan, 'host');
    return foreign === undefined
      ? E.right({ by: 'host', tool: toolName(found.right), output: result.output })
      : E.left(needsBuild(plan, foreign.distribution, result));
  };
};

type Run = (argv: (argv: readonly string[]) => readonly string[]) => Promise<CommandResult>;

interface Attempt {
  readonly result: CommandResult;
  /** What was built here because it has no wheel. */
  readonly built: readonly string[];
}

const runner =
  (
    shell: Shell,
    host: HostInstall,
    { tool, program }: FoundTool,
    folders: { readonly input: string; readonly output: string },
    workingDirectory: string,
  ): Run =>
  (change) => {
    const [python, ...rest] = program;
    const start =
      tool.tool === 'pip' && python !== undefined
        ? [python, '-c', PIP_LAUNCHER, JSON.stringify(host.markers)]
        : [python ?? '', ...rest];
    const argv = tool.argv.map((argument) => (argument === '{output}' ? folders.output : argument));
    return shell({
      argv: [...start, ...change(argv)],
      cwd: path.join(folders.input, workingDirectory),
      environment: host.environment,
    })();
  };

/** Wheels only at first; then the distributions that have none are built, one after the other as uv names them. */
const withUv = async (run: Run): Promise<Attempt> => {
  const built: string[] = [];
  for (;;) {
    const result = await run((argv) => [...argv, ...built.flatMap((name) => ['--no-binary', name])]);
    const missing = succeeded(result)
      ? []
      : uvNeedsBuild(result.output).filter((name) => !built.includes(name));
    if (missing.length === 0 || built.length >= MOST_BUILDS) return { result, built };
    built.push(...missing);
  }
};

/**
 * pip builds nothing for another platform, so a distribution without a wheel is built first, for this one, and offered
 * as a wheel: only one that is pure Python fits.
 */
const withPip = async (run: Run, wheels: string): Promise<Attempt> => {
  const built: string[] = [];
  try {
    for (;;) {
      const result = await run((argv) => (built.length === 0 ? argv : [...argv, '--find-links', wheels]));
      const missing = succeeded(result)
        ? []
        : pipNeedsBuild(result.output).filter((requirement) => !built.includes(requirement));
      const [requirement] = missing;
      if (requirement === undefined || built.length >= MOST_BUILDS) return { result, built };
      const wheel = await run(() => [
        'wheel',
        '--no-deps',
        '--disable-pip-version-check',
        '--wheel-dir',
        wheels,
        '--',
        requirement,
      ]);
      if (!succeeded(wheel)) {
        const unknown = pipNeedsBuild(wheel.output).length > 0;
        return { result: wheel, built: unknown ? built : [...built, requirement] };
      }
      built.push(requirement);
    }
  } finally {
    await fs.rm(wheels, { recursive: true, force: true });
  }
};

const toolName = ({ tool, version }: FoundTool): string => `${tool.tool} ${version}`;

const failure = (
  plan: BundlePlan,
  found: FoundTool,
  result: CommandResult,
  built: readonly string[],
): ExecutionError => {
  const requirement = built.at(-1);
  return requirement === undefined
    ? { _tag: 'InstallFailed', tool: toolName(found), exit: ending(result), output: lastLines(result.output) }
    : needsBuild(plan, requirement, result);
};

const needsBuild = (plan: BundlePlan, requirement: string, { output }: CommandResult): ExecutionError => ({
  _tag: 'NeedsBuild',
  requirement,
  target: targetName(plan),
  output: lastLines(output),
});
