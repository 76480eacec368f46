import * as t from 'io-ts';
import { AbsolutePath, closed, Line, list, Natural, PackageName } from '../values/codecs';
import { SETTING_SHAPES } from './setting-shapes';

/**
 * A requirement whose package uv installs from one index only.
 *
 * @since 0.1.0
 */
export interface IndexedRequirement {
  /** PEP 508, without a marker. */
  readonly text: string;
  /** The distribution's name. */
  readonly name: string;
  /** The name of an index of the settings. */
  readonly index: string;
}

/**
 * The settings of `[tool.uv]` for an install; only uv can follow them.
 *
 * @since 0.1.0
 */
export interface UvSettings {
  /** The content of a `uv.toml`. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly indexed: readonly IndexedRequirement[];
  /** The place of each setting, for messages. */
  readonly from: readonly { readonly setting: string; readonly file: string; readonly line: number }[];
}

const Settings = new t.Type<Readonly<Record<string, unknown>>>(
  'UvTable',
  (u): u is Readonly<Record<string, unknown>> => isSettings(u),
  (u, context) => (isSettings(u) ? t.success(u) : t.failure(u, context)),
  t.identity,
);

const isSettings = (u: unknown): u is Readonly<Record<string, unknown>> =>
  typeof u === 'object' &&
  u !== null &&
  !Array.isArray(u) &&
  Object.entries(u).every(([name, value]) => SETTING_SHAPES.get(name)?.(value) === true);

export const UvSettings: t.Type<UvSettings> = closed(
  {
    settings: Settings,
    indexed: list(closed({ text: Line, name: PackageName, index: Line }, 'IndexedRequirement')),
    from: list(closed({ setting: Line, file: AbsolutePath, line: Natural }, 'SettingPlace')),
  },
  'UvSettings',
);
