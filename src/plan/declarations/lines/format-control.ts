import { normalizeName } from '../../packaging/requirement/package-name';
import { standaloneOptions } from './line-options';
import { readRequirements } from './requirements-file';

const ALL = ':all:';
const NONE = ':none:';

/**
 * The names of `--only-binary` and `--no-binary`, normalized. `:all:` means every distribution that `built` does not
 * name.
 */
export interface FormatControl {
  readonly names: ReadonlySet<string>;
  readonly built: ReadonlySet<string>;
}

/**
 * Reads which distributions may only be installed from wheels (`--only-binary`). The later line wins.
 *
 * @see https://pip.pypa.io/en/stable/cli/pip_install/#cmdoption-only-binary
 */
export const onlyWheels = (texts: readonly string[]): FormatControl => {
  const only = new Set<string>();
  const built = new Set<string>();
  for (const { known, value = '' } of texts.flatMap(readRequirements).flatMap(standaloneOptions)) {
    if (known !== '--only-binary' && known !== '--no-binary') continue;
    const [target, other] = known === '--only-binary' ? [only, built] : [built, only];
    for (const one of value.split(',').filter((name) => name !== '')) {
      const name = one.startsWith(':') ? one : normalizeName(one);
      if (name === ALL) other.clear();
      if (name === ALL || name === NONE) target.clear();
      else other.delete(name);
      if (name !== NONE) target.add(name);
    }
  }
  return { names: only, built };
};

/** Whether a distribution may only be installed from a wheel. The name need not be normalized. */
export const isOnlyWheel = ({ names, built }: FormatControl, name: string): boolean => {
  const normalized = normalizeName(name);
  return names.has(normalized) || (names.has(ALL) && !built.has(normalized));
};
