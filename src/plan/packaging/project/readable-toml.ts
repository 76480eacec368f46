import { parse } from 'smol-toml';
import type { TomlTable } from '../../values/toml-values';

/** The table of a text that is TOML, else an empty one: whoever installs from the text reports what is wrong with it. */
export const readableToml = (text: string): TomlTable => {
  try {
    return parse(text);
  } catch {
    return {};
  }
};
