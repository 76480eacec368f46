import { isOn } from '../../plan/values/is-on';
import type { Values } from '../../plan/variables/installer-environment';
import { shownValue } from '../../plan/values/redact';
import { refusedVariables } from '../../plan/variables/version-variables';

/** The settings of uv for a lock. */
interface Locking {
  /** The variables of this machine that count, and the values of its settings files. */
  readonly own: Values;
  /** The same, as variables of uv. */
  readonly wanted: Values;
  /** The version of uv. */
  readonly version: string;
  /** Whether the lock has a date, which replaces dates of variables. */
  readonly isDated: boolean;
  /** Whether a source distribution may be built. */
  readonly mayBuild: boolean;
}

/** Without builds, everything is a wheel, and there is nothing to prefer. */
const preferred = ({ own, mayBuild }: Locking): readonly string[] =>
  mayBuild && isOn(own['PIP_PREFER_BINARY']) ? ['PIP_PREFER_BINARY'] : [];

/** The reason why uv cannot lock with this machine's variables that choose versions; undefined if it can. */
export const refusedByLock = (locking: Locking): string | undefined => {
  const { own, wanted, version, isDated } = locking;
  const refused = refusedVariables(own, wanted, { tool: 'uv', version, isDated });
  const shown = (name: string): string => `${name} (${shownValue(name, own[name] ?? '')})`;
  const said = [
    ...refused.map(({ name, because }) =>
      because === 'value'
        ? `${shown(name)} of this machine's environment decides which versions are locked, and uv cannot read its value. Write a time, such as 2026-01-31T00:00:00Z.`
        : `${shown(name)} of this machine's environment decides which versions are locked, and only pip can honour it.`,
    ),
    ...preferred(locking).map(
      (name) =>
        `${shown(name)} of this machine's environment decides which versions are locked where builds are allowed, and only pip can honour it.`,
    ),
  ];
  return said.length === 0
    ? undefined
    : `${said.join(' ')} A lock is made by uv (${version} was found). Unset ${said.length === 1 ? 'the variable' : 'the variables'}.`;
};
