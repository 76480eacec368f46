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

/** Where things are on a machine: that decides no content, or every machine would have keys of its own. */
const PLACES = /^(PATH|HOME|USERPROFILE|PWD|OLDPWD|TMPDIR|TMP|TEMP|SHELL|SHLVL|TERM|LANG|LC_\w+|_)$/;

/** Whether a text has a name as a word of its own: `$STAGE`, `${STAGE}`, `%STAGE%`, `os.environ["STAGE"]`. */
const mentions = (text: string, name: string): boolean =>
  text.includes(name) &&
  new RegExp(`(?<![A-Za-z0-9_])${name.replace(/[^A-Za-z0-9_]/g, '\\$&')}(?![A-Za-z0-9_])`).test(text);

/** Whether a container gets a variable although it does not get it by name: the files and folders that it names are copied. */
const reachesCopied = (name: string): boolean =>
  fateOf(name) === 'resolution' || name === 'PIP_FIND_LINKS' || FILE_VARIABLES.includes(name);

const LOOKED_AT = ['executor', 'sdist', 'hooks', 'isHashed', 'isExact', 'isLocked', 'isWhole'] as const;

/** All that {@link machineSettings} looks at in an install: two installs of which this is equal have the same settings. */
export const machineQuestion = (install: InstallPlan): readonly unknown[] => [
  ...LOOKED_AT.map((name) => install[name]),
  isContainerExecutor(install.executor) ? install.docker.environment : null,
];

/**
 * The variables of this machine that decide what an install gives: which index answers, which versions are taken, how packages
 * are built, and what commands of the user read. Nothing where each package has one declared hash, and no variable of a
 * build is set.
 *
 * Commands see all variables of this machine. Those count whose names the commands mention, and those that installers and
 * build backends read. What a script that a command starts reads besides is not known.
 *
 * @param own the variables of this machine, and what its `uv.toml` and `pip.conf` say
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
  // Commands may start installers of their own, which get all there is.
  const seen = isWhole ? own : handedOn(own, { isPinned: isPinned(install) });
  return Object.entries(seen)
    .flatMap(([name, value = '']): readonly Setting[] =>
      value !== '' && decides(name) ? [[name, valueForKey(value)]] : [],
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
};
