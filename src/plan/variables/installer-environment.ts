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

/** Which of uv and pip values name indexes for. */
export const namesIndexes = (values: Values): Readonly<Record<'uv' | 'pip', boolean>> => ({
  uv: has(values, ...UV_INDEXES),
  pip: has(values, ...PIP_INDEXES),
});

/** Variables that say where things are in a container: on this machine they would lead past its own tools. */
const PLACES = ['PATH', 'HOME', 'TMPDIR', 'LD_LIBRARY_PATH', 'PYTHONPATH', 'PYTHONHOME', 'VIRTUAL_ENV'];

/** The variables of a bundle that programs on this machine get: all but those that say where things are. */
export const reachingHost = (given: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(given).filter(([name]) => !PLACES.includes(name)));

/** The parts of a list as pip writes it, put together as uv reads it. */
const listed = (value = '', separator = ' '): string => value.trim().split(/\s+/).join(separator);

/** What pip reads of indexes, in uv's variables. uv asks the extra indexes first: see `index-order.ts`. */
const forUv = (values: Values): Readonly<Record<string, string>> => ({
  ...(has(values, 'PIP_INDEX_URL') ? { UV_DEFAULT_INDEX: listed(values['PIP_INDEX_URL']) } : {}),
  ...(has(values, 'PIP_EXTRA_INDEX_URL') ? { UV_INDEX: listed(values['PIP_EXTRA_INDEX_URL']) } : {}),
  ...(isOn(values['PIP_NO_INDEX']) ? { UV_NO_INDEX: '1' } : {}),
});

/** The URLs of a list as uv writes it, without the names that it may give them. */
const urlsIn = (...lists: readonly (string | undefined)[]): readonly string[] =>
  lists
    .flatMap((list = '') => list.trim().split(/\s+/))
    .filter((url) => url !== '')
    .map((url) => url.replace(/^[\w.-]+=(?=[a-z][a-z0-9+.-]*:)/i, ''));

/**
 * What uv reads of indexes, in pip's variables: pip would ask its own default index in their place, where a private name may
 * be a stranger's.
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

/** The parts of pip's list as uv reads them: pip puts the user's home in the place of `~`, uv does not. */
export const linksForUv = (values: Values): string => {
  const home = values['HOME'] || values['USERPROFILE'] || '~';
  return listed(values['PIP_FIND_LINKS'])
    .split(' ')
    .map((part) => part.replace(/^~(?=[/\\]|$)/, () => home))
    .join(',');
};

/** A path with a space is one part of uv's list, but not of pip's. Within a `file:` URL a space can be escaped. */
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

/** Folders of wheels that one of uv and pip has and the other has not. Both look there beside any index. */
const linksForBoth = (values: Values): Readonly<Record<string, string>> => ({
  ...(has(values, 'PIP_FIND_LINKS') && !has(values, 'UV_FIND_LINKS')
    ? { UV_FIND_LINKS: linksForUv(values) }
    : {}),
  ...(has(values, 'UV_FIND_LINKS') && !has(values, 'PIP_FIND_LINKS')
    ? { PIP_FIND_LINKS: linksForPip(values) }
    : {}),
});

/** The certificates that pip takes, whatever its version. */
const certificatesOfPip = (values: Values): string =>
  values['REQUESTS_CA_BUNDLE'] || values['CURL_CA_BUNDLE'] || values['PIP_CERT'] || '';

/** How an index is reached: certificates, hosts that are trusted without one, the keyring. It holds whoever names the index. */
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
 * What the installers of a container get by name, whose client has the variables of this machine as well: where the
 * bundle's own name indexes for pip alone, those that this machine has for uv are for something else.
 */
export const containerEnvironment = (
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  has(given, ...PIP_INDEXES) && !has(given, ...UV_INDEXES)
    ? { ...Object.fromEntries(UV_INDEXES.map((name) => [name, ''])), ...given }
    : given;

/**
 * What the installers of this machine get beside its own variables: those of the bundle, and what indexes and versions
 * one of pip and uv is set to use, for the other, which does not read that. What can be installed must not depend on which of the two is there.
 *
 * @param own the variables of this machine
 * @param given those of the bundle
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

/** Whether an installer may choose versions by what is around it. */
interface Pins {
  /** Whether the declaration alone decides which versions are installed. */
  readonly isPinned: boolean;
}

/** Whether an installer gets a variable. */
const isHandedOn = (name: string, { isPinned }: Pins): boolean => {
  if (!isInstallers(name)) return true;
  const fate = fateOf(name);
  return fate !== 'dropped' && !(fate === 'resolution' && isPinned);
};

/** The variables that an installer may have, of those that there are. pip has two names for one index. */
export const handedOn = <A extends Values>(values: A, pins: Pins): A => {
  const { PIP_PYPI_URL: alias, ...rest } = values;
  const all =
    has(values, 'PIP_PYPI_URL') && !has(values, 'PIP_INDEX_URL') ? { ...rest, PIP_INDEX_URL: alias } : rest;
  return Object.fromEntries(Object.entries(all).filter(([name]) => isHandedOn(name, pins))) as A;
};

/** The variables that decide what an installer installs although no declaration names them, and those that it does not get for that. */
interface Told {
  /** Handed on: they choose versions. */
  readonly used: readonly string[];
  /** Not handed on: the versions are pinned, a check would be switched off, a build forced, or more installed than is declared. */
  readonly leftOut: readonly string[];
}

const forcesBuilds = (name: string, value = ''): boolean =>
  FORCING_VARIABLES.includes(name) && (name === 'UV_NO_BINARY' ? isOn(value) : value !== ':none:');

/** What a user should know of the variables that an installer has and has not. */
export const toldOf = (values: Values, { isPinned }: Pins): Told => {
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
