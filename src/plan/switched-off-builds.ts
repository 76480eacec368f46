import type { Values } from './installer-environment';
import { isOn } from './installer-environment';
import { normalizeName } from './packaging/package-name';

/** A variable that forbids builds, and of what. */
interface SwitchedOff {
  readonly variable: string;
  readonly isAll: boolean;
  /** Normalized. */
  readonly names: ReadonlySet<string>;
}

const wordsOf = (value = ''): readonly string[] => value.split(/[\s,]+/).filter((word) => word !== '');

/** pip reads its list from left to right: `:all:` and `:none:` replace what stands before them. */
const pipList = (variable: string, value: string | undefined): SwitchedOff =>
  wordsOf(value).reduce<SwitchedOff>(
    (before, word) => {
      if (word === ':all:') return { ...before, isAll: true };
      return word === ':none:'
        ? { variable, isAll: false, names: new Set() }
        : { ...before, names: new Set([...before.names, normalizeName(word)]) };
    },
    { variable, isAll: false, names: new Set() },
  );

const nameOf = (requirement: string): string =>
  normalizeName(/^[A-Za-z0-9._-]+/.exec(requirement)?.[0] ?? requirement);

/**
 * Which variable forbids the build of a requirement; undefined where none does. A variable of uv counts with pip, and a variable of
 * pip with uv. Local packages are built all the same, as by uv (editable) and by pip. `:all:` stands for all that a set has.
 *
 * @param values the variables of this machine, of its settings files, and of the bundle
 */
export const switchedOffBuild = (values: Values): ((requirement: string) => string | undefined) => {
  const all: readonly SwitchedOff[] = [
    { variable: 'UV_NO_BUILD', isAll: isOn(values['UV_NO_BUILD']), names: new Set() },
    {
      variable: 'UV_NO_BUILD_PACKAGE',
      isAll: false,
      names: new Set(wordsOf(values['UV_NO_BUILD_PACKAGE']).map(normalizeName)),
    },
    pipList('PIP_ONLY_BINARY', values['PIP_ONLY_BINARY']),
  ];
  const forbids = ({ isAll, names }: SwitchedOff, requirement: string): boolean =>
    isAll || (requirement === ':all:' ? names.size > 0 : names.has(nameOf(requirement)));
  return (requirement) => all.find((one) => forbids(one, requirement))?.variable;
};
