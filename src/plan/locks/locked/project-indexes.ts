import { isLeft } from 'fp-ts/Either';
import { parseJson } from '../../packaging/project/json-file';
import { scriptBlocks } from '../../packaging/project/script-block';
import { hasCredentials } from '../../packaging/requirement/url-credentials';
import { pdmSourceUrl } from './pdm-source-url';
import { plainIndex } from './plain-index';
import type { ProjectDeclaration, ProjectFile } from '../../model/source-snapshot';
import { parseToml } from '../../packaging/project/toml-file';
import type { TomlTable } from '../../values/toml-values';
import { asTable, tableAt, tablesAt, textAt, textsAt, valueAt } from '../../values/toml-values';

/** A package index, or a page of files, that a project names. */
export interface ProjectIndex {
  /** Null for an index without a name. */
  readonly name: string | null;
  /** The URL for a plan; null for PyPI. */
  readonly url: string | null;
  /** Whether it replaces PyPI. */
  readonly isDefault: boolean;
  /** Whether it serves only packages that name it. */
  readonly isExplicit: boolean;
  /** Whether it is a page of files (`type = "find_links"` of PDM). @default - it is an index */
  readonly isLinks?: true;
  /** The URL or value, as written, with a literal user name or password. @default - there is no such text */
  readonly secret?: string;
  /** Whether its certificate is not checked (`verify_ssl = false`). @default - it is checked */
  readonly isUnchecked?: true;
}

/** A user name or password in the URL of an index. */
const secretOf = (url: string) => (hasCredentials(url) ? { secret: url } : {});

const uncheckedOf = (source: TomlTable, url: string) =>
  valueAt(source, 'verify_ssl') === false && /^https:/i.test(url) ? { isUnchecked: true as const } : {};

const PLAIN = { name: null, isDefault: false, isExplicit: false };

/** @see https://docs.astral.sh/uv/concepts/indexes/ */
const uvIndexes = (manifest: TomlTable): readonly ProjectIndex[] => {
  const uv = tableAt(manifest, 'tool', 'uv');
  const first = textAt(uv, 'index-url');
  return [
    ...tablesAt(uv, 'index').flatMap((index): readonly ProjectIndex[] => {
      const url = textAt(index, 'url');
      if (url === undefined) return [];
      return [
        {
          name: textAt(index, 'name') ?? null,
          url: plainIndex(url),
          isDefault: valueAt(index, 'default') === true,
          isExplicit: valueAt(index, 'explicit') === true,
          ...secretOf(url),
        },
      ];
    }),
    ...textsAt(uv, 'extra-index-url').map((url) => ({ ...PLAIN, url: plainIndex(url), ...secretOf(url) })),
    ...(first === undefined
      ? []
      : [{ ...PLAIN, url: plainIndex(first), isDefault: true, ...secretOf(first) }]),
  ];
};

/**
 * A source without a priority is a primary one. PyPI is used by default only if there is no primary source.
 *
 * @see https://python-poetry.org/docs/repositories/#package-sources
 */
const poetryIndexes = (manifest: TomlTable): readonly ProjectIndex[] => {
  const sources = tablesAt(manifest, 'tool', 'poetry', 'source').map((source) => {
    const name = textAt(source, 'name') ?? null;
    const url = textAt(source, 'url');
    const old =
      valueAt(source, 'default') === true
        ? 'default'
        : valueAt(source, 'secondary') === true
          ? 'secondary'
          : 'primary';
    const priority = textAt(source, 'priority') ?? old;
    return {
      ...{ name, url: url === undefined ? null : plainIndex(url), priority: priority.toLowerCase() },
      ...secretOf(url ?? ''),
    };
  });
  const primary = sources.filter(({ priority }) => priority === 'primary' || priority === 'default');
  const first = primary.some(({ url }) => url === null) ? undefined : primary[0];
  return sources.map(({ priority, ...source }) => ({
    ...source,
    isDefault: first !== undefined && source.name === first.name,
    isExplicit: priority === 'explicit',
  }));
};

/** The source with the name `pypi` replaces the default index. */
const pdmIndexes = (manifest: TomlTable): readonly ProjectIndex[] =>
  tablesAt(manifest, 'tool', 'pdm', 'source').flatMap((source): readonly ProjectIndex[] => {
    const [name, url] = [textAt(source, 'name') ?? null, textAt(source, 'url') ?? ''];
    const asked = pdmSourceUrl(source);
    const isIndex = (textAt(source, 'type') ?? 'index') === 'index';
    if (asked === undefined) return [];
    const key = textAt(source, 'password') ?? textAt(source, 'username') ?? '';
    return [
      {
        ...{ name, url: plainIndex(asked), isDefault: isIndex && name === 'pypi', isExplicit: !isIndex },
        ...(isIndex ? {} : { isLinks: true as const }),
        ...(hasCredentials(asked) ? { secret: key === '' ? url : key } : {}),
        ...uncheckedOf(source, url),
      },
    ];
  });

/** pipenv uses the first index for a package that names no index. */
const pipenvIndexes = (lock: TomlTable): readonly ProjectIndex[] =>
  tablesAt(lock, '_meta', 'sources').flatMap((source, at): readonly ProjectIndex[] => {
    const url = textAt(source, 'url');
    return url === undefined
      ? []
      : [
          {
            name: textAt(source, 'name') ?? null,
            url: plainIndex(url),
            isDefault: at === 0,
            isExplicit: at > 0,
            ...secretOf(url),
            ...uncheckedOf(source, url),
          },
        ];
  });

/** The text of a project file; of a script, its metadata. */
const textOf = ({ file, text }: ProjectFile): string =>
  file.endsWith('.py') ? (scriptBlocks(text, 'script')[0]?.text ?? '') : text;

const tableOf = (file: ProjectFile | null | undefined): TomlTable => {
  const parsed = file == null ? undefined : parseToml({ file: file.file, text: textOf(file) });
  return parsed === undefined || isLeft(parsed) ? {} : parsed.right;
};

/** The indexes of a project with a lock, as the lock's tool reads them. */
export const projectIndexes = ({
  kind,
  source,
  manifest,
  root,
}: Pick<ProjectDeclaration, 'kind' | 'source' | 'manifest' | 'root'>): readonly ProjectIndex[] => {
  switch (kind) {
    case 'uv':
      return root === undefined
        ? uvIndexes(tableOf(manifest))
        : // uv uses an index of a member only for the member's own sources.
          [
            ...uvIndexes(tableOf(root)),
            ...uvIndexes(tableOf(manifest)).map((each) => ({ ...each, isDefault: false, isExplicit: true })),
          ];
    case 'poetry':
      return poetryIndexes(tableOf(manifest));
    case 'pdm':
      return pdmIndexes(tableOf(manifest));
    case 'pipenv': {
      const read = parseJson(source);
      return isLeft(read) ? [] : pipenvIndexes(asTable(read.right) ?? {});
    }
    case 'pylock':
    case 'script':
    case 'pyproject':
      return [];
  }
};
