import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { Values } from '../../plan/variables/installer-environment';
import { hostEnvironment } from '../../plan/variables/installer-environment';
import { notShipped } from '../../plan/install/whole-build';
import type { ExecutionError } from '../errors/execution-error';
import type { Install, InstallTask } from '../install/install';
import { keepRecords } from '../distributions/installed-records';
import { mergeBeside } from './merge-beside';
import { redactingShell, valuesOf } from '../process/redacting-shell';
import type { HookName } from './run-hook';
import { runHook } from './run-hook';
import type { Shell } from '../process/shell';
import { asideOf, exchangeFiles } from '../install/set-aside';
import { shipInput } from '../install/ship-input';
import { tidyTree } from '../distributions/tidy-tree';

/** Finds the tool for a task, and gives its install. */
export type FindInstall = (task: InstallTask) => Promise<E.Either<ExecutionError, Install>>;

/**
 * Builds a whole bundle on this machine: hook, user's files, modules, hook. The tool is looked for first, so that no
 * command runs if nothing could be installed after it.
 */
export const wholeOnHost =
  (shell: Shell, find: FindInstall, own: Values, platform: NodeJS.Platform): Install =>
  async (task) => {
    const { plan, install, environment } = task;
    const { output } = task.folders;
    const input = path.join(task.folders.input, install.workingDirectory);
    const secretive = redactingShell(shell, valuesOf(install.docker.environment, own, environment));
    const variables = hostEnvironment(own, environment);
    const hook = (name: HookName, commands: readonly string[], cwd: string) =>
      runHook(
        secretive,
        {
          name,
          commands,
          folders: { input, output },
          cwd,
          environment: variables,
          state: `${output}.state`,
        },
        platform,
      );

    const found = install.requirements.length === 0 ? E.right(installNothing) : await find(task);
    if (E.isLeft(found)) return found;
    const layout = notShipped(install, plan.sources);
    // Commands see the files of the entry as they are; the installer sees the generated ones.
    const exchange = () => exchangeFiles(input, asideOf(task.folders.input), layout.generated);
    exchange();
    const before = await hook('beforeBundling', install.hooks.before, input);
    if (E.isLeft(before)) return before;
    shipInput(input, output, layout);
    exchange();
    // In a separate folder first: if two have the same path, the origin of each must be known.
    const modules = `${output}.modules`;
    fs.mkdirSync(modules, { recursive: true });
    const installed = await found.right({ ...task, folders: { ...task.folders, output: modules } });
    if (E.isLeft(installed)) return installed;
    tidyTree(modules);
    const records = keepRecords(modules, `${output}.records`, mergeBeside(modules, output));
    exchange();
    const after = await hook('afterBundling', install.hooks.after, output);
    if (E.isLeft(after)) return after;
    const { tool, installer, output: said } = installed.right;
    return E.right({
      by: 'host',
      tool,
      ...(installer === undefined ? {} : { installer }),
      output: [before.right, said, after.right].join('\n'),
      records,
    });
  };

const installNothing: Install = () =>
  Promise.resolve(E.right({ by: 'host', tool: 'the commands of this machine', output: '' }));
