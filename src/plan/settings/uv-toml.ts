import * as path from 'node:path';
import type { Either } from 'fp-ts/Either';
import { left, right } from 'fp-ts/Either';
import { parse, TomlError } from 'smol-toml';
import { indexVariableProblems } from '../variables/index-variables';
import type { SettingsFault, SettingsRead } from './settings-file';
import { urlFault } from './url-fault';

type Table = Readonly<Record<string, unknown>>;

const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const texts = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === 'string');

const flag = (value: unknown): string => (value === true ? 'true' : value === false ? 'false' : '');

/** Settings that do not decide what is installed, or that this library decides itself. */
const SILENT = new Set(
  (
    'add-bounds audit cache-keys check-url compile-bytecode concurrent-builds concurrent-downloads concurrent-installs ' +
    'link-mode malware-check no-cache package preview-features publish-url pypy-install-mirror python-downloads ' +
    'python-downloads-json-url python-install-mirror python-preference required-version trusted-publishing http-proxy ' +
    'https-proxy no-proxy break-system-packages python system target prefix generate-hashes output-file verify-hashes ' +
    'annotation-style emit-build-options emit-find-links emit-index-annotation emit-index-url emit-marker-expression ' +
    'custom-compile-command no-annotate no-header no-strip-extras no-strip-markers no-emit-package universal'
  ).split(' '),
);

/** The settings of uv as variables. A path is relative to the file's folder. */
const settingsOf = (table: Table, folder: string): Readonly<Record<string, string>> => {
  const place = (value: string): string =>
    /^[a-z][a-z0-9+.-]+:/i.test(value) || path.isAbsolute(value) ? value : path.join(folder, value);
  const indexes = (Array.isArray(table['index']) ? table['index'] : []).filter(isTable).flatMap((index) => {
    const { url, name, default: isDefault, explicit } = index;
    if (typeof url !== 'string' || explicit === true) return [];
    const named = typeof name === 'string' ? `${name}=${place(url)}` : place(url);
    return [{ named, isDefault: isDefault === true }];
  });
  const found: Readonly<Record<string, string>> = {
    UV_DEFAULT_INDEX: indexes.find(({ isDefault }) => isDefault)?.named ?? '',
    UV_INDEX: indexes
      .filter(({ isDefault }) => !isDefault)
      .map(({ named }) => named)
      .join(' '),
    UV_INDEX_URL: texts(table['index-url']).map(place).join(' '),
    UV_EXTRA_INDEX_URL: texts(table['extra-index-url']).map(place).join(' '),
    UV_NO_INDEX: table['no-index'] === true ? 'true' : '',
    UV_FIND_LINKS: texts(table['find-links']).map(place).join(','),
    UV_INDEX_STRATEGY: texts(table['index-strategy']).join(''),
    UV_KEYRING_PROVIDER: texts(table['keyring-provider']).join(''),
    UV_INSECURE_HOST: texts(table['allow-insecure-host']).join(' '),
    UV_NATIVE_TLS: flag(table['native-tls']),
    UV_SYSTEM_CERTS: flag(table['system-certs']),
    UV_REQUIRE_HASHES: flag(table['require-hashes']),
    UV_OFFLINE: flag(table['offline']),
    UV_CACHE_DIR: texts(table['cache-dir']).map(place).join(''),
    UV_NO_BUILD: table['no-build'] === true || texts(table['only-binary']).includes(':all:') ? 'true' : '',
    UV_NO_BUILD_PACKAGE: ['no-build-package', 'only-binary']
      .flatMap((name) => texts(table[name]))
      .filter((name) => !name.startsWith(':'))
      .join(' '),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== ''));
};

const HONOURED = new Set(
  (
    'index index-url extra-index-url no-index find-links index-strategy keyring-provider allow-insecure-host native-tls ' +
    'system-certs offline cache-dir no-build no-build-package only-binary require-hashes'
  ).split(' '),
);

/** Settings of an index that are followed, or that do not decide what is installed. */
const OF_INDEX = new Set([
  'url',
  'name',
  'default',
  'explicit',
  'publish-url',
  'authenticate',
  'cache-control',
]);

/**
 * The settings of indexes that are not followed. An explicit index is not used here, because only sources may name it.
 */
const ignoredOfIndexes = (table: Table): readonly string[] => {
  const indexes = (Array.isArray(table['index']) ? table['index'] : []).filter(isTable);
  const names = indexes.flatMap((index) => [
    ...(index['explicit'] === true ? ['explicit'] : []),
    ...Object.keys(index).filter((name) => !OF_INDEX.has(name)),
  ]);
  return [...new Set(names)].map((name) => `index (${name})`);
};

/** The names of settings that are not followed, although they decide what is installed. */
const ignoredIn = (table: Table, prefix = ''): readonly string[] => [
  ...Object.keys(table)
    .filter((name) => name !== 'pip' && !HONOURED.has(name) && !SILENT.has(name))
    .map((name) => `${prefix}${name}`),
  ...ignoredOfIndexes(table).map((name) => `${prefix}${name}`),
];

const lineOf = (text: string, setting: string): number | null => {
  const name = setting.replace(/^pip\./, '').replace(/ .*/, '');
  const index = text
    .split('\n')
    .findIndex((line) => new RegExp(`^\\s*(\\[\\[?)?"?${name}"?(?![\\w-])`).test(line));
  return index === -1 ? null : index + 1;
};

/** The line with a quoted text that would be a wrong URL. */
const lineOfUrl = (text: string, variable: string): number | null => {
  const index = text.split('\n').findIndex((line) =>
    [...line.matchAll(/(["'])(.*?)\1/g)].some(([, , quoted = '']) => {
      const url = quoted.replaceAll('\\\\', '\\');
      return indexVariableProblems({ [variable]: url }).length > 0;
    }),
  );
  return index === -1 ? null : index + 1;
};

/**
 * Reads the settings of a `uv.toml` for installs. `[pip]` counts before the rest, as in `uv pip install`. The settings
 * for indexes, the network, packages that must not be built, and required hashes are followed.
 *
 * @param file absolute path
 */
export const readUvToml = (text: string, file: string): Either<SettingsFault, SettingsRead> => {
  try {
    const all: Table = parse(text);
    const pip = isTable(all['pip']) ? all['pip'] : {};
    const folder = path.dirname(file);
    const variables = { ...settingsOf(all, folder), ...settingsOf(pip, folder) };
    const [problem] = indexVariableProblems(variables);
    if (problem !== undefined) return left(urlFault(file, lineOfUrl(text, problem.name), problem));
    const ignored = [...ignoredIn(all), ...ignoredIn(pip, 'pip.')];
    return right({
      variables,
      ignored: ignored.map((setting) => ({ setting, line: lineOf(text, setting) })),
    });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [reason = ''] = error.message.split('\n');
    return left({ file, line: error.line, reason });
  }
};
