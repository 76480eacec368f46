import type { Command, CommandResult, Shell } from '../../../src/exec/process/shell';

/** A shell that runs nothing: it notes each command and gives the answer that a test has for it. */
export interface RecordingShell {
  readonly shell: Shell;
  readonly commands: readonly Command[];
}

/** How a command ended. @default well, and without a word */
export type Answer = Partial<CommandResult> & {
  /** Whether only the command's signal ends it. @default false */
  readonly isEndless?: boolean;
};

export const recordingShell = (answer: (command: Command, index: number) => Answer): RecordingShell => {
  const commands: Command[] = [];
  return {
    commands,
    shell: (command) => () => {
      commands.push(command);
      const { isEndless = false, ...given } = answer(command, commands.length - 1);
      const result = { exitCode: 0, signal: null, stdout: '', output: given.stdout ?? '', ...given };
      return new Promise((resolve) => {
        if (!isEndless) resolve(result);
        command.signal?.addEventListener('abort', () =>
          resolve({ ...result, exitCode: null, signal: 'SIGTERM' }),
        );
      });
    },
  };
};

/** What a shell says of a program that is not there. */
export const NOT_THERE: Answer = { exitCode: 127, output: 'sh: 1: exec: program: not found\n' };
