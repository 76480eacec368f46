import { normalizeName } from '../../packaging/requirement/package-name';
import type { TomlTable } from '../../values/toml-values';
import { asText, itemsAt, valueAt } from '../../values/toml-values';

/** The files of a package that PDM may use: only its source distribution, only its wheels, or either. */
export type PdmFormat = 'source' | 'wheel' | 'either';

const ALL = ':all:';

const namesAt = (manifest: TomlTable, setting: string): ReadonlySet<string> => {
  const at = ['tool', 'pdm', 'resolution', setting] as const;
  const listed = asText(valueAt(manifest, ...at))?.split(',') ?? itemsAt(manifest, ...at);
  return new Set(
    listed
      .flatMap((each) => asText(each)?.trim() ?? [])
      .filter((each) => each !== '')
      .map((each) => (each === ALL ? ALL : normalizeName(each))),
  );
};

/**
 * Reads `no-binary` and `only-binary` of `[tool.pdm.resolution]`. A name counts before `:all:`, and `only-binary`
 * before `no-binary`.
 *
 * @see unearth, `FormatControl.get_allowed_formats`
 */
export const pdmFormats = (manifest: TomlTable): ((name: string) => PdmFormat) => {
  const [wheels, sources] = ['only-binary', 'no-binary'].map((setting) => namesAt(manifest, setting));
  return (name) => {
    for (const key of [normalizeName(name), ALL]) {
      if (wheels?.has(key) === true) return 'wheel';
      if (sources?.has(key) === true) return 'source';
    }
    return 'either';
  };
};
