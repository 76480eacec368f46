import { stringify } from 'smol-toml';
import type { ArchitectureName } from '../target/architecture';
import { machineOf } from '../target/architecture';
import { configSettingArguments, prereleaseArguments } from './installer-argv';
import type { InstallChoice } from '../target/install-choice';
import type { DependencyRequest } from '../request/bundle-request';
import type { Values } from '../variables/installer-environment';

/** The arguments that say what a lock is made of and for. */
export interface LockOptions extends Pick<InstallChoice, 'prerelease' | 'configSettings'> {
  /** The declaration, as seen from its folder, in which uv runs; or the absolute path of what stands for it. */
  readonly declaration: string;
  /** Absolute path of the file that uv writes. What it holds already are the versions that uv keeps. */
  readonly output: string;
  /** Absolute path of a folder with {@link lockSettings} as its pyproject.toml. */
  readonly project: string;
  /** The Python that uv runs with, if one is named: uv reads no variable for that here. */
  readonly interpreter?: string;
  /** The oldest Python that it is for, such as `3.11`. */
  readonly python: string;
  readonly groups: readonly string[];
  readonly extras: readonly string[];
  /** The moment as of which the index is asked; null for now. */
  readonly resolvedAsOf: string | null;
  /** Names whose versions are chosen again; true for all. */
  readonly upgrade: boolean | readonly string[];
  /** Whether a source distribution may be built on this machine, as that runs its code. */
  readonly mayBuild: boolean;
  /** The options that stand for variables of the machine which uv has no variable for. */
  readonly ofVariables: readonly string[];
}

/** The environments (PEP 508) that a lock is for: Lambda's system, on some architectures or, where none is named, on any. */
export const lockEnvironments = (architectures: readonly ArchitectureName[]): readonly string[] => {
  const system = "sys_platform == 'linux'";
  return architectures.length === 0
    ? [system]
    : architectures.map((name) => `${system} and platform_machine == '${machineOf(name)}'`);
};

/**
 * uv takes the environments from a project alone. As the folder is no project of the user's, uv reads no settings around the
 * declaration, so it gets those of the declaration there too.
 *
 * @param settings those of the declaration's `[tool.uv]`
 */
export const lockSettings = (
  environments: readonly string[],
  settings: Readonly<Record<string, unknown>> = {},
): string => stringify({ tool: { uv: { ...settings, environments } } });

/** How uv makes a pylock.toml for some environments, and for every Python from the oldest one on. */
export const lockArgv = (options: LockOptions): readonly string[] => {
  const { declaration, output, python, groups, extras, resolvedAsOf, upgrade } = options;
  return [
    'pip',
    'compile',
    declaration,
    '--universal',
    '--python-version',
    python,
    ...(options.interpreter === undefined ? [] : ['--python', options.interpreter]),
    '--format',
    'pylock.toml',
    '--output-file',
    output,
    '--no-header',
    // Any Python reads metadata; another one is only downloaded where the user asks for it.
    '--no-python-downloads',
    '--project',
    options.project,
    ...options.ofVariables,
    ...prereleaseArguments(options),
    ...configSettingArguments(options),
    ...(options.mayBuild ? [] : ['--only-binary', ':all:']),
    ...extras.flatMap((name) => ['--extra', name]),
    ...groups.flatMap((name) => ['--group', `${declaration}:${name}`]),
    ...(resolvedAsOf === null ? [] : ['--exclude-newer', resolvedAsOf]),
    ...(upgrade === true ? ['--upgrade'] : []),
    ...(typeof upgrade === 'boolean' ? [] : upgrade.flatMap((name) => ['--upgrade-package', name])),
  ];
};

/** What stands for `${NAME}` in a URL; the text itself where there is no such variable. */
const filledIn = (url: string, own: Values): string =>
  url.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (whole, name: string) => own[name] ?? whole);

/**
 * The indexes of options, in variables: arguments of a program are shown to all users of a machine. uv asks those of the machine
 * besides, but for the default one.
 */
export const lockEnvironment = (
  { index, extraIndexes }: Pick<DependencyRequest, 'index' | 'extraIndexes'>,
  own: Values,
): Readonly<Record<string, string>> => ({
  ...(index === undefined ? {} : { UV_DEFAULT_INDEX: filledIn(index, own) }),
  ...(extraIndexes.length === 0
    ? {}
    : {
        UV_INDEX: [...extraIndexes.map((url) => filledIn(url, own)), own['UV_INDEX'] ?? ''].join(' ').trim(),
      }),
});
