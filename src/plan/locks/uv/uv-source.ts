import type { Either } from 'fp-ts/Either';
import { left, right } from 'fp-ts/Either';
import { decodedUrl } from '../../values/decoded-url';
import type { PackageSource } from '../locked/locked-set';
import { indexUrl } from '../../packaging/requirement/package-indexes';
import type { TomlTable } from '../../values/toml-values';
import { textAt } from '../../values/toml-values';

/** The folder of a local package, as uv.lock writes it; undefined for other packages. */
export const localFolder = (source: TomlTable): string | undefined =>
  textAt(source, 'editable') ?? textAt(source, 'virtual') ?? textAt(source, 'directory');

/**
 * Reads `https://host/repository?subdirectory=folder&rev=v1#commit`: the query has the request, the fragment the
 * result.
 */
const gitSource = (text: string): Either<string, PackageSource> => {
  const [, url = '', query = '', commit = ''] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(text) ?? [];
  const subdirectory = query.split('&').find((part) => part.startsWith('subdirectory='));
  return /^[0-9a-f]{40,64}$/.test(commit)
    ? right({
        _tag: 'Git',
        url,
        commit,
        subdirectory:
          subdirectory === undefined ? null : decodedUrl(subdirectory.slice('subdirectory='.length)),
      })
    : left('its Git source has no commit');
};

/** The source of a package in uv.lock, or why it is not supported. */
export const uvSource = (source: TomlTable): Either<string, PackageSource> => {
  const folder = localFolder(source) ?? textAt(source, 'path');
  if (folder !== undefined) return right({ _tag: 'Local', path: folder });
  const registry = textAt(source, 'registry');
  if (registry !== undefined)
    return /^https?:\/\//i.test(registry)
      ? right({ _tag: 'Index', url: indexUrl(registry) })
      : left(
          `its index ${JSON.stringify(registry)} is a folder of this machine, which is not supported: name the wheel itself with \`path\` in [tool.uv.sources]`,
        );
  const url = textAt(source, 'url');
  if (url !== undefined)
    return right({ _tag: 'Url', url, subdirectory: textAt(source, 'subdirectory') ?? null });
  const git = textAt(source, 'git');
  return git === undefined ? left('its source has an unknown kind') : gitSource(git);
};
