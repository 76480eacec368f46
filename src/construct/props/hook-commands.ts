import type { WrongOption } from '../../plan/request/option-checks';
import { isText, listOf } from '../../plan/request/option-checks';
import type { ICommandHooks } from './command-hooks';

/** The folders are not known yet, and differ between this machine and a container. */
export const HOOK_FOLDERS = ['{input}', '{output}'] as const;

const NAMES = ['beforeBundling', 'afterBundling'] as const;

const isCommands = listOf(isText, 'a list of commands, such as ["make"]');

/** Hooks that give the same commands whenever they are asked, and what is wrong with those. */
export interface AskedHooks {
  readonly hooks: ICommandHooks;
  readonly wrong: readonly WrongOption[];
}

/** Asks hooks for their commands, once; code without types may give anything. As with CDK, a hook may give nothing. */
export const askHooks = (given: ICommandHooks): AskedHooks => {
  const asked = NAMES.map((name) => {
    const commands: unknown = given[name](...HOOK_FOLDERS) ?? [];
    return { commands, wrong: isCommands(`bundling.commandHooks.${name}(…)`, commands) };
  });
  const [before, after] = asked.map(({ commands, wrong }) =>
    // As with AWS's own construct, an empty text is no command.
    wrong.length === 0 ? (commands as string[]).filter((command) => command.trim() !== '') : [],
  ) as [string[], string[]];
  return {
    hooks: { beforeBundling: () => before, afterBundling: () => after },
    wrong: asked.flatMap(({ wrong }) => wrong),
  };
};
