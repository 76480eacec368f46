import type { Values } from '../variables/installer-environment';
import { hostEnvironment } from '../variables/installer-environment';

/** What any program needs to run: where things are, and in which language it speaks. */
const EVERYDAY =
  /^(PATH|LANG|LANGUAGE|LC_\w+|TZ|TERM|TMPDIR|TMP|TEMP|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|PROCESSOR_\w+|NUMBER_OF_PROCESSORS|SOURCE_DATE_EPOCH)$/i;

/** A build may write times and sorted lists: with the zone and the language of a machine they would differ by the machine. */
const LANGUAGE = /^(LANG|LANGUAGE|LC_\w+)$/i;

const NEUTRAL_ZONE = { TZ: 'UTC' };

const NEUTRAL_LANGUAGE = { LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };

const isOfMachine = (name: string): boolean => LANGUAGE.test(name) || /^TZ$/i.test(name);

/** How to reach the network: a build that asks it for something gets no further without. */
const NETWORK =
  /^((https?|all|no|ftp)_proxy|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|PIP_CERT)$/i;

/** What build backends read: the compilers, and versions of packages whose history is not at hand. */
const BACKENDS = /^((CC|CXX|RUSTC)$|SETUPTOOLS_|PBR_|PDM_BUILD_|HATCH_BUILD_)/;

/** Whether a variable of this machine decides what a build on it gives. Compilers are switched off, so theirs do not. */
export const isBackends = (name: string): boolean =>
  name === 'SOURCE_DATE_EPOCH' || (BACKENDS.test(name) && !/^(CC|CXX|RUSTC)$/.test(name));

/**
 * What an installer reads besides: its settings, the user's home with netrc and keyring, Git's access, and what a version
 * manager chooses a Python by.
 */
const INSTALLERS =
  /^(HOME|USERPROFILE|APPDATA|LOCALAPPDATA|XDG_\w+|NETRC|(PIP|UV|GIT|KEYRING|PYTHON_KEYRING|PYENV|ASDF|MISE)_\w+|SSH_AUTH_SOCK|SSH_AGENT_PID|DBUS_SESSION_BUS_ADDRESS)$/i;

type Variables = Readonly<Record<string, string>>;

const chosen = (values: Values, isWanted: (name: string, value: string) => boolean): Variables =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value !== undefined && isWanted(name, value) ? [[name, value]] : [],
    ),
  );

/**
 * All the variables of an installer that runs code of what it builds. That code sees fewer, see {@link buildEnvironment};
 * but what the installer itself has can be read from outside of it by any program of the same user. Zone and language are those
 * of the bundle, or the same on every machine.
 *
 * @param own the variables of this machine
 * @param given those of the bundle
 * @param names those that the requirements mention
 */
export const buildingEnvironment = (own: Values, given: Variables, names: readonly string[]): Variables => ({
  ...chosen(
    own,
    (name) =>
      !isOfMachine(name) &&
      ([EVERYDAY, NETWORK, BACKENDS, INSTALLERS].some((kind) => kind.test(name)) || names.includes(name)),
  ),
  ...NEUTRAL_ZONE,
  // LC_ALL would beat what the bundle sets.
  ...(Object.keys(given).some((name) => LANGUAGE.test(name)) ? {} : NEUTRAL_LANGUAGE),
  ...hostEnvironment(own, given),
});

/**
 * What the code of a distribution sees as it is built: no credentials, and a home that is empty.
 *
 * @param installer those that the installer has
 * @param home absolute path of an empty folder
 */
export const buildEnvironment = (installer: Variables, home: string): Variables => ({
  ...chosen(
    installer,
    (name, value) =>
      // A proxy may be written without a scheme: `user:password@host:3128`.
      EVERYDAY.test(name) || BACKENDS.test(name) || (NETWORK.test(name) && !value.includes('@')),
  ),
  HOME: home,
  USERPROFILE: home,
});
