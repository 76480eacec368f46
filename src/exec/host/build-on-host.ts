import * as fs from 'node:fs';
import { devNull } from 'node:os';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { buildingEnvironment } from '../../plan/install/build-environment';
import { withCertificateFile } from '../../plan/variables/certificate-variables';
import { usesGit, withPlainCheckouts } from '../../plan/variables/git-settings';
import type { Values } from '../../plan/variables/installer-environment';
import { namedHosts } from '../../plan/values/hosts-in-text';
import { netrcEntries } from '../../plan/values/netrc-entries';
import { isOutside } from '../../plan/values/paths';
import { DEFAULT_HOSTS } from '../../plan/packaging/requirement/package-indexes';
import type { BuildRoom } from './build-room';
import { moveOut, withBuildRoom } from './build-room';
import { CERTIFICATES_NAME } from '../machine/certificates';
import type { ExecutionError } from '../errors/execution-error';
import { homeOf } from '../files/home';
import type { InstallTask } from '../install/install';
import { takeInterpreter } from './kept-interpreters';
import { findNetrc } from '../machine/netrc';
import { requirementTexts, textOf } from '../files/requirement-texts';
import { restrictBuilds } from './restricted-build';
import type { FindSandbox } from './sandbox';
import { sandboxView } from './sandbox-view';
import type { Command, CommandResult } from '../process/shell';
import { succeeded } from '../process/shell';
import { storeFolder } from '../store/store';

/** pip reads no settings file: variables have the values of this machine's files. */
export const NO_PIP_FILE = { PIP_CONFIG_FILE: devNull };

/** The settings of builds on this machine. */
interface HostBuild {
  readonly task: InstallTask;
  /** The variables of this machine and of the bundle that installers may have. */
  readonly own: Values;
  readonly given: Readonly<Record<string, string>>;
  readonly sandbox: FindSandbox;
  readonly platform: NodeJS.Platform;
  /** The variables that set uv's Python. */
  readonly python: Readonly<Record<string, string>>;
  /** Names of the filters in Git's settings. */
  readonly filters: readonly string[];
}

/** The start of an installer that builds. */
interface BuildStart extends Required<Pick<Command, 'cwd' | 'environment' | 'bare'>> {
  /** The folder for the modules. */
  readonly output: string;
  /** The folder that builds see. */
  readonly build: string;
  readonly confined: (argv: readonly string[]) => readonly string[];
}

/**
 * Lets an installer build in a folder and cache of its own, and in a sandbox if there is one. Its downloads and builds
 * are thrown away, because the built code could change them. The modules are moved out.
 */
export const buildOnHost = (
  { task, own, given, sandbox, platform, python, filters }: HostBuild,
  install: (start: BuildStart) => Promise<CommandResult>,
): Promise<E.Either<ExecutionError, CommandResult>> =>
  withBuildRoom(task.folders.input, async (room) => {
    const cwd = path.join(room.input, task.install.workingDirectory);
    const confined = await confinement(room, {
      own,
      variables: {
        ...buildingEnvironment(own, given, task.install.docker.environment),
        ...task.install.host.environment,
        ...python,
      },
      texts: requirementTexts(cwd, task.install.requirements),
      cwd,
      hidden: projectsOf(task),
      readable: [],
      built: [],
      sandbox,
      platform,
      filters,
    });
    if (E.isLeft(confined)) return confined;
    takeInterpreter({ ...own, ...python }, platform, path.join(room.cache, 'uv'));
    const result = await install({
      ...confined.right,
      cwd,
      bare: true,
      output: room.output,
      build: room.build,
    });
    if (succeeded(result)) moveOut(room.output, task.folders.output);
    return E.right(result);
  });

/** The settings that confine a program that builds in a room. */
interface WhatBuilds extends Pick<HostBuild, 'own' | 'sandbox' | 'platform' | 'filters'> {
  /** The variables of the installer. */
  readonly variables: Readonly<Record<string, string>>;
  /** The requirements files that it reads. */
  readonly texts: readonly string[];
  /** Its working folder. */
  readonly cwd: string;
  /** Absolute paths of hidden folders, of readable places in them, and of the folders of the build. */
  readonly hidden: readonly string[];
  readonly readable: readonly string[];
  readonly built: readonly string[];
}

/** The variables and the sandbox of an installer that builds in a room. */
export const confinement = async (
  room: BuildRoom,
  { own, variables, texts, cwd, hidden, readable, built, sandbox, platform, filters }: WhatBuilds,
): Promise<E.Either<ExecutionError, Pick<BuildStart, 'environment' | 'confined'>>> => {
  const found = await sandbox();
  if (E.isLeft(found)) return found;
  const confine = found.right;
  // Git searches no repository above the room: the temporary folder may be in one, and poetry-core leaves out files
  // that it ignores.
  const plain = (some: Readonly<Record<string, string>>) =>
    withPlainCheckouts({ ...some, GIT_CEILING_DIRECTORIES: room.folder }, platform, filters);
  const store = storeFolder({ ...own }, platform);
  const installer = plain(certificatesIn(room, installerIn(variables, room), store));
  const netrc = confine === undefined ? {} : netrcIn(room, installer, texts);
  const view = sandboxView({
    environment: installer,
    texts,
    store,
    projects: hidden,
    readable,
    room: room.folder,
    usesGit: usesGit(texts),
  });
  // A build writes beside its sources.
  const replaced =
    confine === undefined ? [] : built.map((folder, at) => [folder, copyInto(room, folder, at)] as const);
  return E.right({
    environment: restrictBuilds(room.build, { ...installer, ...netrc }, plain),
    confined: (argv) => (confine === undefined ? argv : confine({ ...view, replaced }, cwd, argv)),
  });
};

/** Folders that no build reads, and that may be large. */
const NO_SOURCES = ['node_modules', 'cdk.out', '.venv', 'venv'];

/** Copies a folder into a room; gives the copy. */
const copyInto = (room: BuildRoom, folder: string, at: number): string => {
  const copy = path.join(room.folder, 'copies', String(at));
  fs.cpSync(folder, copy, {
    recursive: true,
    verbatimSymlinks: true,
    mode: fs.constants.COPYFILE_FICLONE,
    filter: (file) => !NO_SOURCES.includes(path.basename(file)),
  });
  return copy;
};

/** The installer's variables. They name none of the user's caches, where the store may be. */
const installerIn = (
  variables: Readonly<Record<string, string>>,
  { cache, temporary }: BuildRoom,
): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(Object.entries(variables).filter(([name]) => name !== 'XDG_CACHE_HOME')),
  ...Object.fromEntries(['TMPDIR', 'TEMP', 'TMP'].map((name) => [name, temporary])),
  UV_CACHE_DIR: path.join(cache, 'uv'),
  PIP_CACHE_DIR: path.join(cache, 'pip'),
  ...NO_PIP_FILE,
});

/**
 * The variables, with certificates that this run has collected in the store copied to the room: builds do not see the
 * store.
 */
const certificatesIn = (
  room: BuildRoom,
  variables: Readonly<Record<string, string>>,
  store: string,
): Readonly<Record<string, string>> => {
  const names = Object.keys(withCertificateFile('')).filter((name) => {
    const file = variables[name];
    return file !== undefined && path.basename(file) === CERTIFICATES_NAME && !isOutside(store, file);
  });
  const [first] = names.flatMap((name) => variables[name] ?? []);
  if (first === undefined) return variables;
  const copy = path.join(room.folder, CERTIFICATES_NAME);
  fs.copyFileSync(first, copy);
  return { ...variables, ...Object.fromEntries(names.map((name) => [name, copy])) };
};

/** A netrc file with only the entries for the hosts of this install. */
const netrcIn = (
  room: BuildRoom,
  environment: Values,
  texts: readonly string[],
): Readonly<Record<string, string>> => {
  const home = homeOf(environment);
  const netrc = findNetrc(environment, home);
  if (netrc === undefined) return {};
  const values = Object.values(environment).map((value = '') => value);
  const hosts = [...DEFAULT_HOSTS, ...namedHosts([...texts, ...values])];
  const file = path.join(room.folder, 'netrc');
  fs.writeFileSync(file, netrcEntries(textOf(netrc), hosts), { mode: 0o600 });
  return { NETRC: file };
};

const projectsOf = ({ plan, install }: InstallTask): readonly string[] => [
  process.cwd(),
  plan.entry.root,
  ...(install.declaration === null ? [] : [path.dirname(install.declaration)]),
];
