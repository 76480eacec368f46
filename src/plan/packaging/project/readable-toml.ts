import { parse } from 'smol-toml';
import type { TomlTable } from '../../values/toml-values';

/** Parses TOML, or returns an empty table for an invalid text: the installation reports its errors. */
export const readableToml = (text: string): TomlTable => {
  try {
    return parse(text);
  } catch {
    return {};
  }
};
