import { isPinned } from './installer-argv';
import type { InstallPlan } from '../model/install-plan';
import type { Values } from '../variables/installer-environment';
import { toldOf } from '../variables/installer-environment';
import { shownValue } from '../values/redact';

/** Who has set variables. */
interface VariablesBy {
  /** This machine. */
  readonly own: Values;
  /** `bundling.environment`. */
  readonly given: Values;
}

const list = (names: readonly string[], values: Values): string =>
  names.map((name) => `${name} (${shownValue(name, values[name] ?? '')})`).join(', ');

/** A line on the variables that choose versions, and one on those that an installer does not get. */
export const showTold = (
  { own, given }: VariablesBy,
  install: Pick<InstallPlan, 'isLocked' | 'isHashed'>,
): readonly string[] => {
  const pins = { isPinned: isPinned(install) };
  const of = (values: Values, whose: string): readonly string[] => {
    const { used, leftOut } = toldOf(values, pins);
    return [
      ...(used.length === 0 ? [] : [`uses ${list(used, values)} ${whose}`]),
      ...(leftOut.length === 0
        ? []
        : [`does not use ${list(leftOut, values)} ${whose}: the declaration decides what is installed`]),
    ];
  };
  return [...of(own, "of this machine's environment"), ...of(given, 'of `bundling.environment`')];
};
