import { isPinned } from './installer-argv';
import type { InstallPlan } from '../model/install-plan';
import type { Values } from '../variables/installer-environment';
import { variableNotes } from '../variables/installer-environment';
import { shownValue } from '../values/redact';

/** The variables of an installer, by their origin. */
interface VariablesBy {
  /** Variables of this machine. */
  readonly own: Values;
  /** Variables of `bundling.environment`. */
  readonly given: Values;
}

const list = (names: readonly string[], values: Values): string =>
  names.map((name) => `${name} (${shownValue(name, values[name] ?? '')})`).join(', ');

/** Two kinds of lines: variables that affect the choice of versions, and variables that an installer does not get. */
export const showTold = (
  { own, given }: VariablesBy,
  install: Pick<InstallPlan, 'isLocked' | 'isHashed'>,
): readonly string[] => {
  const pins = { isPinned: isPinned(install) };
  const of = (values: Values, whose: string): readonly string[] => {
    const { used, leftOut } = variableNotes(values, pins);
    return [
      ...(used.length === 0 ? [] : [`uses ${list(used, values)} ${whose}`]),
      ...(leftOut.length === 0
        ? []
        : [`does not use ${list(leftOut, values)} ${whose}: the declaration decides what is installed`]),
    ];
  };
  return [...of(own, "of this machine's environment"), ...of(given, 'of `bundling.environment`')];
};
