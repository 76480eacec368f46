import { isBackends } from '../install/build-environment';
import { isContainerExecutor } from '../request/bundle-request';
import { isPinned } from '../install/installer-argv';
import type { InstallPlan } from '../model/install-plan';
import type { Values } from '../variables/installer-environment';
import { handedOn } from '../variables/installer-environment';
import { fateOf, FILE_VARIABLES, isInstallers } from '../variables/installer-variables';
import { isCredentialName } from '../values/credential-names';
import { valueForKey } from '../values/url';

/** A variable of this machine, without user names and passwords of URLs. */
export type Setting = readonly [name: string, value: string];

/** Variables for places on a machine. They do not count as content, or every machine would have keys of its own. */
const PLACES = /^(PATH|HOME|USERPROFILE|PWD|OLDPWD|TMPDIR|TMP|TEMP|SHELL|SHLVL|TERM|LANG|LC_\w+|_)$/;

/** Whether a text has a name as a whole word: `$STAGE`, `${STAGE}`, `%STAGE%`, `os.environ["STAGE"]`. */
const mentions = (text: string, name: string): boolean =>
  text.includes(name) &&
  new RegExp(`(?<![A-Za-z0-9_])${name.replace(/[^A-Za-z0-9_]/g, '\\$&')}(?![A-Za-z0-9_])`).test(text);

/**
 * Whether a variable counts in a container although the container does not get it: files and folders it names are
 * copied.
 */
const reachesCopied = (name: string): boolean =>
  fateOf(name) === 'resolution' || name === 'PIP_FIND_LINKS' || FILE_VARIABLES.includes(name);

const LOOKED_AT = ['executor', 'sdist', 'hooks', 'isHashed', 'isExact', 'isLocked', 'isWhole'] as const;

/**
 * The parts of an install that {@link machineSettings} reads: if they are equal, two installs have the same settings.
 */
export const machineQuestion = (install: InstallPlan): readonly unknown[] => [
  ...LOOKED_AT.map((name) => install[name]),
  isContainerExecutor(install.executor) ? install.docker.environment : null,
];

/**
 * The variables of this machine that decide the result of an install: those for indexes, for versions and for builds,
 * and those that the user's commands read. Empty if each package has one declared hash, and no variable for builds is
 * set.
 *
 * Commands see all variables of this machine. Variables count if the commands mention their names, or if installers and
 * build backends read them. Other variables that a script of a command reads are not known.
 *
 * @param own the variables of this machine, and the settings of its `uv.toml` and `pip.conf`
 */
export const machineSettings = (own: Values, install: InstallPlan): readonly Setting[] => {
  const { executor, sdist, hooks, isHashed, isExact, isWhole, docker } = install;
  const isHere = !isContainerExecutor(executor);
  const commands = [...hooks.before, ...hooks.after].join('\n');
  const decides = (name: string): boolean => {
    const reaches = isHere || docker.environment.includes(name) || reachesCopied(name);
    if (isCredentialName(name) || !reaches) return false;
    if (!PLACES.test(name) && mentions(commands, name)) return true;
    if (!isInstallers(name)) return isHere && (sdist === 'host' || isWhole) && isBackends(name);
    switch (fateOf(name)) {
      case 'index':
        return !(isHashed && isExact) || isWhole;
      case 'resolution':
        return true;
      case 'build':
        return sdist !== 'forbid' || isWhole;
      case 'handed on':
      case 'dropped':
        return false;
    }
  };
  // Commands may start installers of their own, which get all variables.
  const seen = isWhole ? own : handedOn(own, { isPinned: isPinned(install) });
  return Object.entries(seen)
    .flatMap(([name, value = '']): readonly Setting[] =>
      value !== '' && decides(name) ? [[name, valueForKey(value)]] : [],
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
};
