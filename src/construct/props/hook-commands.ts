import type { WrongOption } from '../../plan/request/option-checks';
import { isText, listOf } from '../../plan/request/option-checks';
import type { ICommandHooks } from './command-hooks';

/** Placeholders: the folders are not known yet, and differ between this machine and a container. */
export const HOOK_FOLDERS = ['{input}', '{output}'] as const;

const NAMES = ['beforeBundling', 'afterBundling'] as const;

const isCommands = listOf(isText, 'a list of commands, such as ["make"]');

/** Hooks that always give the same commands, and the errors in these commands. */
export interface AskedHooks {
  readonly hooks: ICommandHooks;
  readonly wrong: readonly WrongOption[];
}

/** Asks hooks for their commands, once. Code without types may give anything; as in CDK, a hook may give nothing. */
export const askHooks = (given: ICommandHooks): AskedHooks => {
  const asked = NAMES.map((name) => {
    const commands: unknown = given[name](...HOOK_FOLDERS) ?? [];
    return { commands, wrong: isCommands(`bundling.commandHooks.${name}(…)`, commands) };
  });
  const [before, after] = asked.map(({ commands, wrong }) =>
    // As in AWS's own construct, an empty string is not a command.
    wrong.length === 0 ? (commands as string[]).filter((command) => command.trim() !== '') : [],
  ) as [string[], string[]];
  return {
    hooks: { beforeBundling: () => before, afterBundling: () => after },
    wrong: asked.flatMap(({ wrong }) => wrong),
  };
};
