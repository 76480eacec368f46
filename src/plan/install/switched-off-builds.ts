import type { FormatControl } from '../declarations/lines/format-control';
import { isOnlyWheel, onlyWheels } from '../declarations/lines/format-control';
import type { Values } from '../variables/installer-environment';
import { isOn } from '../values/is-on';
import { nameInRequirement } from '../packaging/requirement/package-name';

/** A variable that forbids builds, and the names that it is for. */
interface SwitchedOff {
  readonly variable: string;
  readonly control: FormatControl;
}

const wordsOf = (value = ''): readonly string[] => value.split(/[\s,]+/).filter((word) => word !== '');

/** A variable whose words are values of `--only-binary`. */
const offFor = (variable: string, words: readonly string[]): SwitchedOff => ({
  variable,
  control: onlyWheels(words.map((word) => `--only-binary ${word}`)),
});

/**
 * Finds the variable that forbids the build of a requirement; undefined if none does. A variable of uv also counts for
 * pip, and a variable of pip for uv. Local packages are built anyway, as uv (editable) and pip do. `:all:` stands for
 * all packages of a set.
 *
 * @param values the variables of this machine, of its settings files, and of the bundle
 */
export const switchedOffBuild = (values: Values): ((requirement: string) => string | undefined) => {
  const all: readonly SwitchedOff[] = [
    offFor('UV_NO_BUILD', isOn(values['UV_NO_BUILD']) ? [':all:'] : []),
    // uv does not know `:all:` in this variable.
    offFor(
      'UV_NO_BUILD_PACKAGE',
      wordsOf(values['UV_NO_BUILD_PACKAGE']).filter((word) => !word.startsWith(':')),
    ),
    offFor('PIP_ONLY_BINARY', wordsOf(values['PIP_ONLY_BINARY'])),
  ];
  const forbids = ({ control }: SwitchedOff, requirement: string): boolean =>
    requirement === ':all:' ? control.names.size > 0 : isOnlyWheel(control, nameInRequirement(requirement));
  return (requirement) => all.find((one) => forbids(one, requirement))?.variable;
};
