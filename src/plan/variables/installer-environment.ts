import { isOn } from '../values/is-on';
import { trustedHosts } from './trusted-hosts';
import { versionsForBoth } from './version-variables';
import {
  DECLARING_VARIABLES,
  fateOf,
  FORCING_VARIABLES,
  isInstallers,
  UNSAFE_VARIABLES,
} from './installer-variables';

/** Values of environment variables. */
export type Values = Readonly<Record<string, string | undefined>>;

/** The variables that have a value. */
export const withValues = (values: Values): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

/** Whether one of these variables has a value. */
export const has = (values: Values, ...names: readonly string[]): boolean =>
  names.some((name) => (values[name] ?? '') !== '');

const PIP_INDEXES = ['PIP_INDEX_URL', 'PIP_EXTRA_INDEX_URL', 'PIP_NO_INDEX'];

const UV_INDEXES = [
  'UV_DEFAULT_INDEX',
  'UV_INDEX',
  'UV_INDEX_URL',
  'UV_EXTRA_INDEX_URL',
  'UV_NO_INDEX',
  'UV_FIND_LINKS',
];

/** Whether variables name indexes for uv, and for pip. */
export const namesIndexes = (values: Values): Readonly<Record<'uv' | 'pip', boolean>> => ({
  uv: has(values, ...UV_INDEXES),
  pip: has(values, ...PIP_INDEXES),
});

/** Variables for locations in a container. On this machine they would hide its own tools. */
const PLACES = ['PATH', 'HOME', 'TMPDIR', 'LD_LIBRARY_PATH', 'PYTHONPATH', 'PYTHONHOME', 'VIRTUAL_ENV'];

/** The variables of a bundle for programs on this machine: all except those for locations. */
export const reachingHost = (given: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(given).filter(([name]) => !PLACES.includes(name)));

/** Turns pip's form of a list into uv's. */
const listed = (value = '', separator = ' '): string => value.trim().split(/\s+/).join(separator);

/** pip's index settings as uv's variables. uv asks the extra indexes first, see `index-order.ts`. */
const forUv = (values: Values): Readonly<Record<string, string>> => ({
  ...(has(values, 'PIP_INDEX_URL') ? { UV_DEFAULT_INDEX: listed(values['PIP_INDEX_URL']) } : {}),
  ...(has(values, 'PIP_EXTRA_INDEX_URL') ? { UV_INDEX: listed(values['PIP_EXTRA_INDEX_URL']) } : {}),
  ...(isOn(values['PIP_NO_INDEX']) ? { UV_NO_INDEX: '1' } : {}),
});

/** The URLs in uv's lists, without the names that uv allows before them. */
const urlsIn = (...lists: readonly (string | undefined)[]): readonly string[] =>
  lists
    .flatMap((list = '') => list.trim().split(/\s+/))
    .filter((url) => url !== '')
    .map((url) => url.replace(/^[\w.-]+=(?=[a-z][a-z0-9+.-]*:)/i, ''));

/**
 * uv's index settings as pip's variables. Without them pip would ask its own default index, where a stranger may own a
 * private name.
 */
const forPip = (values: Values): Readonly<Record<string, string>> => {
  const [first] = urlsIn(values['UV_DEFAULT_INDEX'], values['UV_INDEX_URL']);
  const more = urlsIn(values['UV_INDEX'], values['UV_EXTRA_INDEX_URL']);
  return {
    ...(first === undefined ? {} : { PIP_INDEX_URL: first }),
    ...(more.length === 0 ? {} : { PIP_EXTRA_INDEX_URL: more.join(' ') }),
    ...(isOn(values['UV_NO_INDEX']) ? { PIP_NO_INDEX: '1' } : {}),
  };
};

/** Turns pip's list of links into uv's. pip replaces `~` by the user's home, and uv does not. */
export const linksForUv = (values: Values): string => {
  const home = values['HOME'] || values['USERPROFILE'] || '~';
  return listed(values['PIP_FIND_LINKS'])
    .split(' ')
    .map((part) => part.replace(/^~(?=[/\\]|$)/, () => home))
    .join(',');
};

/**
 * Turns uv's list of links into pip's. pip splits a path with a space, but in a `file:` URL the space can be encoded.
 */
export const linksForPip = (values: Values): string =>
  (values['UV_FIND_LINKS'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => (/\s/.test(part) ? asOneWord(part) : part))
    .join(' ');

const asOneWord = (part: string): string =>
  /^[a-z][a-z0-9+.-]+:/i.test(part)
    ? part.replace(/\s/g, encodeURIComponent)
    : `file://${part.split('/').map(encodeURIComponent).join('/')}`;

/** Gives the folders of wheels of one installer to the other. Both search them besides any index. */
const linksForBoth = (values: Values): Readonly<Record<string, string>> => ({
  ...(has(values, 'PIP_FIND_LINKS') && !has(values, 'UV_FIND_LINKS')
    ? { UV_FIND_LINKS: linksForUv(values) }
    : {}),
  ...(has(values, 'UV_FIND_LINKS') && !has(values, 'PIP_FIND_LINKS')
    ? { PIP_FIND_LINKS: linksForPip(values) }
    : {}),
});

/** The certificates that every version of pip uses. */
const certificatesOfPip = (values: Values): string =>
  values['REQUESTS_CA_BUNDLE'] || values['CURL_CA_BUNDLE'] || values['PIP_CERT'] || '';

/**
 * The settings for reaching indexes: certificates, trusted hosts and the keyring. They apply to indexes from any
 * source.
 */
const reachForBoth = (
  values: Values,
  ofPip = certificatesOfPip(values),
): Readonly<Record<string, string>> => ({
  ...(ofPip !== '' && !has(values, 'SSL_CERT_FILE', 'SSL_CERT_DIR') ? { SSL_CERT_FILE: ofPip } : {}),
  ...(ofPip === '' && has(values, 'SSL_CERT_FILE') ? { PIP_CERT: values['SSL_CERT_FILE'] ?? '' } : {}),
  ...trustedHosts(values),
  ...(values['PIP_KEYRING_PROVIDER'] === 'subprocess' && !has(values, 'UV_KEYRING_PROVIDER')
    ? { UV_KEYRING_PROVIDER: 'subprocess' }
    : {}),
  ...(values['UV_KEYRING_PROVIDER'] === 'subprocess' && !has(values, 'PIP_KEYRING_PROVIDER')
    ? { PIP_KEYRING_PROVIDER: 'subprocess' }
    : {}),
});

/**
 * The variables for the installers in a container, whose client also has the variables of this machine. Where the
 * bundle names indexes only for pip, uv's indexes on this machine are for something else, and become empty.
 */
export const containerEnvironment = (
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  has(given, ...PIP_INDEXES) && !has(given, ...UV_INDEXES)
    ? { ...Object.fromEntries(UV_INDEXES.map((name) => [name, ''])), ...given }
    : given;

/**
 * The variables that the installers on this machine get besides its own: those of the bundle, and the settings for
 * indexes and versions of one installer in the other's form. The available installer must not decide which packages can
 * be installed.
 *
 * @param own the variables of this machine
 * @param given the variables of the bundle
 */
export const hostEnvironment = (
  own: Values,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => {
  const wanted = containerEnvironment(reachingHost(given));
  const all = { ...own, ...wanted };
  const { uv, pip } = namesIndexes(all);
  return {
    ...wanted,
    ...(pip && !uv ? forUv(all) : {}),
    ...(uv && !pip ? forPip(all) : {}),
    ...linksForBoth(all),
    ...versionsForBoth(own, wanted),
    ...reachForBoth(all),
  };
};

/** Whether variables may choose versions. */
interface Pins {
  /** Whether the declaration alone decides the installed versions. */
  readonly isPinned: boolean;
}

const isHandedOn = (name: string, { isPinned }: Pins): boolean => {
  if (!isInstallers(name)) return true;
  const fate = fateOf(name);
  return fate !== 'dropped' && !(fate === 'resolution' && isPinned);
};

/** The variables that an installer may get. pip has two names for the URL of its main index. */
export const handedOn = <A extends Values>(values: A, pins: Pins): A => {
  const { PIP_PYPI_URL: alias, ...rest } = values;
  const all =
    has(values, 'PIP_PYPI_URL') && !has(values, 'PIP_INDEX_URL') ? { ...rest, PIP_INDEX_URL: alias } : rest;
  return Object.fromEntries(Object.entries(all).filter(([name]) => isHandedOn(name, pins))) as A;
};

/** The variables that change the installation although no declaration names them. */
interface VariableNotes {
  /** Passed to the installer: they choose versions. */
  readonly used: readonly string[];
  /**
   * Not passed to the installer: versions are pinned, or the variable would disable a check, force a build, or install
   * more than is declared.
   */
  readonly leftOut: readonly string[];
}

const forcesBuilds = (name: string, value = ''): boolean =>
  FORCING_VARIABLES.includes(name) && (name === 'UV_NO_BINARY' ? isOn(value) : value !== ':none:');

/** The variables to mention to the user, because an installer uses or ignores them. */
export const variableNotes = (values: Values, { isPinned }: Pins): VariableNotes => {
  const names = Object.keys(values)
    .filter((name) => isInstallers(name) && has(values, name))
    .sort();
  const chooses = (name: string): boolean => fateOf(name) === 'resolution';
  return {
    used: isPinned ? [] : names.filter(chooses),
    leftOut: names.filter(
      (name) =>
        DECLARING_VARIABLES.includes(name) ||
        UNSAFE_VARIABLES.includes(name) ||
        forcesBuilds(name, values[name]) ||
        (isPinned && chooses(name)),
    ),
  };
};
