import type { Either } from 'fp-ts/Either';
import { left, right } from 'fp-ts/Either';
import type { PackageSource } from '../locked/locked-set';
import { gitSource } from '../locked/locked-source';
import { indexUrl } from '../../packaging/requirement/package-indexes';
import type { TomlTable } from '../../values/toml-values';
import { tableAt, tablesAt, textAt } from '../../values/toml-values';

type Source = Either<string, PackageSource>;

const vcsSource = (vcs: TomlTable): Source => {
  const [type, url, commit] = [textAt(vcs, 'type'), textAt(vcs, 'url'), textAt(vcs, 'commit-id')];
  if (type !== 'git')
    return left(`its repository is of the type ${JSON.stringify(type ?? '')}, and only git is supported`);
  if (url === undefined) return left('its repository has no URL');
  if (commit === undefined) return left('its repository has no commit-id');
  return gitSource(url, commit, textAt(vcs, 'subdirectory'));
};

const directorySource = (directory: TomlTable): Source => {
  const path = textAt(directory, 'path');
  const subdirectory = textAt(directory, 'subdirectory');
  if (path === undefined) return left('its directory has no path');
  return right({
    _tag: 'Local',
    path: subdirectory === undefined ? path : `${path.replace(/\/$/, '')}/${subdirectory}`,
  });
};

const archiveSource = (archive: TomlTable): Source => {
  const [url, path] = [textAt(archive, 'url'), textAt(archive, 'path')];
  if (url !== undefined)
    return right({ _tag: 'Url', url, subdirectory: textAt(archive, 'subdirectory') ?? null });
  return path === undefined
    ? left('its archive has neither a URL nor a path')
    : right({ _tag: 'Local', path });
};

/** The source of wheels and a source distribution: an index, or a single file of this machine. */
const filesSource = (table: TomlTable): Source => {
  const files = [...tablesAt(table, 'wheels'), ...[tableAt(table, 'sdist')].flatMap((sdist) => sdist ?? [])];
  const index = textAt(table, 'index');
  const [first, ...others] = files as readonly TomlTable[];
  if (first === undefined) return left('it has no source');
  const isLocal =
    index === undefined && (files as readonly TomlTable[]).every((file) => textAt(file, 'url') === undefined);
  if (!isLocal) return right({ _tag: 'Index', url: index === undefined ? null : indexUrl(index) });
  const path = textAt(first, 'path');
  return path === undefined || others.length > 0
    ? left('its files lie on this machine, and only a single local file is supported')
    : right({ _tag: 'Local', path });
};

/** The source of a package of a pylock.toml, or why it is not known. */
export const pylockSource = (table: TomlTable): Source => {
  const vcs = tableAt(table, 'vcs');
  const directory = tableAt(table, 'directory');
  const archive = tableAt(table, 'archive');
  if (vcs !== undefined) return vcsSource(vcs);
  if (directory !== undefined) return directorySource(directory);
  return archive === undefined ? filesSource(table) : archiveSource(archive);
};
