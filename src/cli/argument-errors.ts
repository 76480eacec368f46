import type { Command, Option } from 'commander';
import { CommanderError } from 'commander';
import { nearest } from '../plan/values/nearest-name';

const perhaps = (meant: string | undefined): string =>
  meant === undefined ? '' : `; perhaps ${meant} is meant`;

/** Errors in one value of an option. */
const valueFaults = (option: Option, value: string): readonly string[] => {
  const given = `${option.long ?? option.flags} is ${JSON.stringify(value)}`;
  const { argChoices } = option;
  if (argChoices !== undefined)
    return argChoices.includes(value)
      ? []
      : [`${given}, but must be one of ${argChoices.join(', ')}${perhaps(nearest(value, argChoices))}.`];
  try {
    option.parseArg?.(value, option.defaultValue as never);
    return [];
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return [`${given}. ${error.message}`];
  }
};

const unknownFault = (given: string, command: Command): string => {
  const known = [...command.options.flatMap(({ long }) => long ?? []), '--help'];
  const meant = nearest(given, known);
  return `"${command.name()}" has no option ${given}${meant === undefined ? `, only ${known.join(', ')}` : perhaps(meant)}.`;
};

/** The number of following arguments that are values of an option. */
const valueCount = (option: Option, following: readonly string[]): number => {
  if (option.required) return 1;
  if (!option.optional) return 0;
  const end = following.findIndex((one) => one.startsWith('-'));
  const most = option.variadic ? following.length : 1;
  return Math.min(end === -1 ? following.length : end, most);
};

/** All errors in the options of a command: unknown names and wrong values. */
const optionFaults = (command: Command, args: readonly string[]): readonly string[] => {
  const [first, ...rest] = args;
  if (first === undefined || first === '--') return [];
  if (!/^--?[A-Za-z]/.test(first)) return optionFaults(command, rest);
  const [, name = first, inline] = /^(--[^=]+)=(.*)$/s.exec(first) ?? [];
  if (name === '--help' || name === '-h') return [];
  const option = command.options.find((one) => [one.long, one.short].includes(name));
  if (option === undefined) return [unknownFault(name, command), ...optionFaults(command, rest)];
  const count = inline === undefined ? valueCount(option, rest) : 0;
  const values = inline === undefined ? rest.slice(0, count) : [inline];
  return [
    ...values.flatMap((value) => valueFaults(option, value)),
    ...optionFaults(command, rest.slice(count)),
  ];
};

/** The same for the command that the arguments name; empty if they name none, which commander itself reports. */
export const argumentFaults = (program: Command, args: readonly string[]): readonly string[] => {
  const [name, ...rest] = args;
  const command = program.commands.find((one) => one.name() === name);
  if (command !== undefined) return argumentFaults(command, rest);
  return program.commands.length > 0 ? [] : optionFaults(program, args);
};
