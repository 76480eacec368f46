import type { Either } from 'fp-ts/Either';
import { isLeft, left, right } from 'fp-ts/Either';
import { indexVariableProblems } from '../variables/index-variables';
import { fateOf, STRICT_VARIABLES } from '../variables/installer-variables';
import type { IniSetting } from './ini';
import { readIni } from './ini';
import type { IgnoredSetting, SettingsFault, SettingsRead } from './settings-file';
import { urlFault } from './url-fault';

/** pip's name of a setting: `--index_url` is `index-url`. */
const nameOf = ({ key }: IniSetting): string => key.replace(/^--/, '').replaceAll('_', '-');

const variableOf = (name: string): string => `PIP_${name.toUpperCase().replaceAll('-', '_')}`;

/** Further settings, besides those for versions and builds, that change what is installed. */
const DECIDING =
  /^(no-binary|no-require-hashes|requirement|requirements-from-script|editable|group|only-deps|only-dependencies)$/;

const isHonoured = (variable: string): boolean =>
  ['handed on', 'index'].includes(fateOf(variable)) ||
  ['PIP_ONLY_BINARY', ...STRICT_VARIABLES].includes(variable);

const decides = (name: string): boolean =>
  !isHonoured(variableOf(name)) &&
  (DECIDING.test(name) || ['resolution', 'build'].includes(fateOf(variableOf(name))));

/** pip has two names for the index URL. */
const canonical = (name: string): string => (name === 'pypi-url' ? 'index-url' : name);

/**
 * Reads the settings of a `pip.conf` for installs. `[install]` counts before `[global]`, as in pip. The settings for
 * indexes, the network, packages that must not be built, and required hashes are followed.
 *
 * @param file absolute path, for messages
 */
export const readPipConf = (text: string, file: string): Either<SettingsFault, SettingsRead> => {
  const read = readIni(text);
  if (isLeft(read)) return left({ file, ...read.left });
  const settings = ['global', 'install'].flatMap((section) =>
    read.right.filter((setting) => setting.section === section),
  );
  const honoured = settings
    .map((setting) => ({
      variable: variableOf(canonical(nameOf(setting))),
      value: setting.value.trim().split(/\s+/).join(' '),
      line: setting.line,
    }))
    .filter(({ variable }) => isHonoured(variable));
  for (const { variable, value, line } of honoured) {
    const [problem] = indexVariableProblems({ [variable]: value });
    if (problem !== undefined) return left(urlFault(file, line, problem));
  }
  return right({
    variables: Object.fromEntries(honoured.map(({ variable, value }) => [variable, value])),
    ignored: settings.flatMap((setting): IgnoredSetting | readonly [] => {
      const { line } = setting;
      const [name = '', ...more] = nameOf(setting).split(/\s+/);
      // In `index-url https://…` without "=", the colon of the URL counts as the separator. The text after the name may
      // be a secret.
      if (more.length > 0) return { setting: `${name} …`, line, isUnknown: true };
      return decides(name) ? { setting: name, line } : [];
    }),
  });
};
