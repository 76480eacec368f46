import { normalizeName } from '../packaging/package-name';
import { lineOptions } from './line-options';
import { readRequirements } from './requirements-file';

const ALL = ':all:';
const NONE = ':none:';

/**
 * The names of which lines say that only wheels may be installed (`--only-binary`), normalized; `:all:` is all of them. The later
 * line wins, and a name wins over `:all:`.
 *
 * @see https://pip.pypa.io/en/stable/cli/pip_install/#cmdoption-only-binary
 */
export const onlyWheels = (texts: readonly string[]): ReadonlySet<string> => {
  const only = new Set<string>();
  const forced = new Set<string>();
  for (const line of texts.flatMap(readRequirements)) {
    for (const { known, value = '' } of line._tag === 'Option' ? lineOptions(line.text) : []) {
      if (known !== '--only-binary' && known !== '--no-binary') continue;
      const [target, other] = known === '--only-binary' ? [only, forced] : [forced, only];
      for (const name of value.split(',').map((one) => (one.startsWith(':') ? one : normalizeName(one)))) {
        if (name === ALL) other.clear();
        if (name === ALL || name === NONE) target.clear();
        else other.delete(name);
        if (name !== NONE && name !== '') target.add(name);
      }
    }
  }
  if (only.has(ALL)) return new Set([ALL]);
  return only;
};

/** Whether lines say that nothing is built of a distribution, by the name as it is written. */
export const isOnlyWheel = (only: ReadonlySet<string>, name: string): boolean =>
  only.has(ALL) || only.has(normalizeName(name));
