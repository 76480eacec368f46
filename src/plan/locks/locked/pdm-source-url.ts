import type { TomlTable } from '../../values/toml-values';
import { textAt } from '../../values/toml-values';

/**
 * The URL of a PDM source; undefined for a source without a URL. PDM puts the keys `username` and `password` into it,
 * and then the values of variables.
 *
 * @see pdm, `_types.py`, `RepositoryConfig.url_with_credentials`
 */
export const pdmSourceUrl = (source: TomlTable): string | undefined => {
  const url = textAt(source, 'url');
  const [username = '', password = ''] = [textAt(source, 'username'), textAt(source, 'password')];
  if (url === undefined || username + password === '') return url;
  const userInfo = password === '' ? username : `${username}:${password}`;
  return url.replace(/^([a-z]+:\/\/)(?:[^@/]*@)?/i, (_, scheme: string) => `${scheme}${userInfo}@`);
};
