import { readFileSync, readdirSync } from 'node:fs';
import * as path from 'node:path';
import { sha256 } from '../../src/plan/values/hash';

/** A package as a lock has it. */
export interface LockEntry {
  /** Absolute path of a folder with its one wheel. */
  readonly wheel: string;
  /** Name and URL of its index; undefined for PyPI. */
  readonly index?: { readonly name: string; readonly url: string };
}

interface Entry {
  readonly name: string;
  readonly version: string;
  readonly file: string;
  readonly hash: string;
  readonly index: LockEntry['index'];
}

const entryOf = ({ wheel, index }: LockEntry): Entry => {
  const file = readdirSync(wheel)[0] ?? '';
  const [name = '', version = ''] = file.split('-');
  return { name, version, file, hash: `sha256:${sha256(readFileSync(path.join(wheel, file)))}`, index };
};

const PYPI = 'https://pypi.org/simple';

type Tree = Readonly<Record<string, string>>;

const project = (entries: readonly Entry[], rest: string): string =>
  `[project]\nname = "orders"\nversion = "0.1.0"\nrequires-python = ">=3.9"\ndependencies = [${entries
    .map(({ name, version }) => `"${name}==${version}"`)
    .join(', ')}]\n${rest}`;

const indexesOf = (entries: readonly Entry[]) => [
  ...new Map(entries.flatMap(({ index }) => (index === undefined ? [] : [[index.name, index.url] as const]))),
];

const WRITERS = {
  uv: (entries: readonly Entry[]): Tree => ({
    'pyproject.toml': project(
      entries,
      `${indexesOf(entries)
        .map(([name, url]) => `[[tool.uv.index]]\nname = "${name}"\nurl = "${url}"\nexplicit = true\n`)
        .join('')}[tool.uv.sources]\n${entries
        .flatMap(({ name, index }) => (index === undefined ? [] : `${name} = { index = "${index.name}" }\n`))
        .join('')}`,
    ),
    'uv.lock': [
      'version = 1\nrevision = 3\nrequires-python = ">=3.9"\n',
      ...entries.map(
        ({ name, version, file, hash, index }) =>
          `[[package]]\nname = "${name}"\nversion = "${version}"\nsource = { registry = "${index?.url ?? PYPI}" }\n` +
          `wheels = [\n    { url = "${(index?.url ?? PYPI).replace('/simple', '/files')}/${file}", hash = "${hash}" },\n]\n`,
      ),
      '[[package]]\nname = "orders"\nversion = "0.1.0"\nsource = { virtual = "." }\ndependencies = [',
      ...entries.map(({ name }) => `    { name = "${name}" },`),
      ']\n\n[package.metadata]\nrequires-dist = [',
      ...entries.map(
        ({ name, version, index }) =>
          `    { name = "${name}", specifier = "==${version}"${index === undefined ? '' : `, index = "${index.url}"`} },`,
      ),
      ']\n',
    ].join('\n'),
  }),
  poetry: (entries: readonly Entry[]): Tree => ({
    'pyproject.toml': project(
      entries,
      indexesOf(entries)
        .map(
          ([name, url]) =>
            // Poetry leaves the last slash out of its lock.
            `[[tool.poetry.source]]\nname = "${name}"\nurl = "${url}/"\npriority = "explicit"\n`,
        )
        .join(''),
    ),
    'poetry.lock': [
      ...entries.map(
        ({ name, version, file, hash, index }) =>
          `[[package]]\nname = "${name}"\nversion = "${version}"\noptional = false\npython-versions = "*"\ngroups = ["main"]\n` +
          `files = [\n    {file = "${file}", hash = "${hash}"},\n]\n` +
          (index === undefined
            ? ''
            : `\n[package.source]\ntype = "legacy"\nurl = "${index.url}"\nreference = "${index.name}"\n`),
      ),
      '[metadata]\nlock-version = "2.1"\npython-versions = ">=3.9"\n',
    ].join('\n'),
  }),
  pipenv: (entries: readonly Entry[]): Tree => ({
    Pipfile: `[packages]\n${entries.map(({ name, version }) => `${name} = "==${version}"\n`).join('')}`,
    'Pipfile.lock': JSON.stringify({
      _meta: {
        'pipfile-spec': 6,
        sources: [
          { name: 'pypi', url: PYPI, verify_ssl: true },
          ...indexesOf(entries).map(([name, url]) => ({ name, url, verify_ssl: true })),
        ],
      },
      default: Object.fromEntries(
        entries.map(({ name, version, hash, index }) => [
          name,
          { hashes: [hash], index: index?.name ?? 'pypi', version: `==${version}` },
        ]),
      ),
    }),
  }),
  pylock: (entries: readonly Entry[]): Tree => ({
    'pylock.toml': [
      'lock-version = "1.0"\ncreated-by = "test"\n',
      ...entries.map(
        ({ name, version, file, hash, index }) =>
          `[[packages]]\nname = "${name}"\nversion = "${version}"\nindex = "${index?.url ?? PYPI}"\n` +
          `wheels = [{ url = "${(index?.url ?? PYPI).replace('/simple', '/files')}/${file}", hashes = { sha256 = "${hash.slice(7)}" } }]\n`,
      ),
    ].join('\n'),
  }),
};

/** The kinds of lock that say from which index each package comes. */
export const INDEX_LOCKS = Object.keys(WRITERS) as readonly (keyof typeof WRITERS)[];

/** The files of a project whose lock has these packages, in the form that the lock's own tool writes. */
export const lockWith = (kind: keyof typeof WRITERS, entries: readonly LockEntry[]): Tree =>
  WRITERS[kind](entries.map(entryOf).sort((a, b) => (a.name < b.name ? -1 : 1)));
