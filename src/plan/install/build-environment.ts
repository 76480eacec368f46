import type { Values } from '../variables/installer-environment';
import { hostEnvironment } from '../variables/installer-environment';

/** Variables that every program needs: paths, time and language. */
const EVERYDAY =
  /^(PATH|LANG|LANGUAGE|LC_\w+|TZ|TERM|TMPDIR|TMP|TEMP|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|PROCESSOR_\w+|NUMBER_OF_PROCESSORS|SOURCE_DATE_EPOCH)$/i;

/** The language and zone of a machine could change the times and sorted lists that a build writes. */
const LANGUAGE = /^(LANG|LANGUAGE|LC_\w+)$/i;

const NEUTRAL_ZONE = { TZ: 'UTC' };

const NEUTRAL_LANGUAGE = { LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };

const isOfMachine = (name: string): boolean => LANGUAGE.test(name) || /^TZ$/i.test(name);

/** Variables for reaching the network, without which some builds fail. */
const NETWORK =
  /^((https?|all|no|ftp)_proxy|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|PIP_CERT)$/i;

/** Variables that build backends read: compilers, and package versions for sources without their history. */
const BACKENDS = /^((CC|CXX|RUSTC)$|SETUPTOOLS_|PBR_|PDM_BUILD_|HATCH_BUILD_)/;

/**
 * Whether a variable of this machine can change the result of a build. Compilers are switched off, so theirs cannot.
 */
export const isBackends = (name: string): boolean =>
  name === 'SOURCE_DATE_EPOCH' || (BACKENDS.test(name) && !/^(CC|CXX|RUSTC)$/.test(name));

/**
 * Further variables that installers read: their settings, the user's home with netrc and keyring, Git's access, and the
 * Python choice of version managers.
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
 * All variables of an installer that runs code of the distributions that it builds. That code sees fewer variables, see
 * {@link buildEnvironment}, but any program of the same user can read the installer's variables. Zone and language are
 * those of the bundle, or the same on every machine.
 *
 * @param own the variables of this machine
 * @param given the variables of the bundle
 * @param names the variables that the requirements mention
 */
export const buildingEnvironment = (own: Values, given: Variables, names: readonly string[]): Variables => ({
  ...chosen(
    own,
    (name) =>
      !isOfMachine(name) &&
      ([EVERYDAY, NETWORK, BACKENDS, INSTALLERS].some((kind) => kind.test(name)) || names.includes(name)),
  ),
  ...NEUTRAL_ZONE,
  // LC_ALL would override the bundle's language.
  ...(Object.keys(given).some((name) => LANGUAGE.test(name)) ? {} : NEUTRAL_LANGUAGE),
  ...hostEnvironment(own, given),
});

/**
 * The variables that the code of a distribution sees during its build: no credentials, and an empty home.
 *
 * @param installer the variables of the installer
 * @param home absolute path of an empty folder
 */
export const buildEnvironment = (installer: Variables, home: string): Variables => ({
  ...chosen(
    installer,
    (name, value) =>
      // A proxy may have no scheme: `user:password@host:3128`.
      EVERYDAY.test(name) || BACKENDS.test(name) || (NETWORK.test(name) && !value.includes('@')),
  ),
  HOME: home,
  USERPROFILE: home,
});
