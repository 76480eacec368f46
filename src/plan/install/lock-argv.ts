import { stringify } from 'smol-toml';
import type { ArchitectureName } from '../target/architecture';
import { machineOf } from '../target/architecture';
import { configSettingArguments, prereleaseArguments } from './installer-argv';
import type { InstallChoice } from '../target/install-choice';
import type { DependencyRequest } from '../request/bundle-request';
import type { Values } from '../variables/installer-environment';

/** The options that decide the content and the targets of a lock. */
export interface LockOptions extends Pick<InstallChoice, 'prerelease' | 'configSettings'> {
  /** The declaration, relative to its folder, in which uv runs; or the absolute path of a file that replaces it. */
  readonly declaration: string;
  /** Absolute path of the file that uv writes. uv keeps the versions that the file already has. */
  readonly output: string;
  /** Absolute path of a folder with {@link lockSettings} as its pyproject.toml. */
  readonly project: string;
  /** The Python that uv uses, if one is named: uv reads no variable for it here. */
  readonly interpreter?: string;
  /** The oldest Python that the lock is for, such as `3.11`. */
  readonly python: string;
  readonly groups: readonly string[];
  readonly extras: readonly string[];
  /** The moment as of which the index is asked; null for now. */
  readonly resolvedAsOf: string | null;
  /** Names whose versions are chosen again; `true` for all. */
  readonly upgrade: boolean | readonly string[];
  /** Whether this machine may build a source distribution, which runs its code. */
  readonly mayBuild: boolean;
  /** Options for variables of this machine that uv does not read itself. */
  readonly ofVariables: readonly string[];
}

/** The environments (PEP 508) that a lock is for: Linux, on the given architectures, or on any if none is given. */
export const lockEnvironments = (architectures: readonly ArchitectureName[]): readonly string[] => {
  const system = "sys_platform == 'linux'";
  return architectures.length === 0
    ? [system]
    : architectures.map((name) => `${system} and platform_machine == '${machineOf(name)}'`);
};

/**
 * The pyproject.toml for uv, which reads environments only from a project. Because uv uses this folder, it reads no
 * settings near the declaration, so the declaration's settings are in this file too.
 *
 * @param settings the `[tool.uv]` settings of the declaration
 */
export const lockSettings = (
  environments: readonly string[],
  settings: Readonly<Record<string, unknown>> = {},
): string => stringify({ tool: { uv: { ...settings, environments } } });

/**
 * The arguments with which uv makes a pylock.toml for some environments and for every Python from the oldest one on.
 */
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
    // Any Python can read metadata, and uv downloads one only if the user asks for it.
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

/** Replaces `${NAME}` in a URL with the variable's value. The text stays if there is no such variable. */
const filledIn = (url: string, own: Values): string =>
  url.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (whole, name: string) => own[name] ?? whole);

/**
 * The indexes of options, as variables, because all users of a machine can see a program's arguments. uv also asks the
 * indexes of this machine, except for its default index.
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
