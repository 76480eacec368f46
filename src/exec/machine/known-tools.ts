import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isRight } from 'fp-ts/Either';
import * as t from 'io-ts';
import coerce from 'semver/functions/coerce';
import gte from 'semver/functions/gte';
import { isContainerExecutor } from '../../plan/request/bundle-request';
import type { HostTool } from '../../plan/model/host-plan';
import type { InstallPlan } from '../../plan/model/install-plan';
import { homeOf } from '../files/home';
import type { InterpreterPlaces } from './interpreter';
import { isolated, printSearchPath } from '../scripts/isolated-python';
import type { ToolKnown } from './machine-digest';
import { isNativeTool } from '../process/native-tool';
import type { SealedName } from '../store/sealed-file';
import { readSealed, replaceSealed } from '../store/sealed-file';

/** The version of a program, and the folders that its modules come from. */
export interface ToolAnswer {
  /** Null if the program does not run, or prints no version. */
  readonly version: string | null;
  /** Absolute paths. The installation of a newer pip changes the time of its folder. */
  readonly folders: readonly string[];
}

/** Starts a program and asks for its version. */
export type AskTool = (program: readonly string[]) => ToolAnswer;

const Remembered = t.record(
  t.string,
  t.type({ version: t.union([t.string, t.null]), folders: t.array(t.tuple([t.string, t.number])) }),
);
type Remembered = t.TypeOf<typeof Remembered>;

const fileOf = (store: string): string => path.join(store, 'tools.json');

/** The versions are part of keys, so the file is sealed against other writers. */
const sealedName = (store: string): SealedName => ({
  root: path.dirname(store),
  kind: 'tools',
  key: 'tools',
});

const timeOf = (file: string): number => fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** The path of the program that a shell would start by a name. */
const onPath = (name: string, { environment, platform }: InterpreterPlaces): string | undefined =>
  (environment['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, platform === 'win32' ? `${name}.exe` : name))
    .find((file) => {
      try {
        fs.accessSync(file, fs.constants.X_OK);
        return fs.statSync(file).isFile();
      } catch {
        return false;
      }
    });

/** Values that change when a program changes, or when the shim of a version manager chooses another version. */
const fingerprint = (file: string, { environment }: InterpreterPlaces): readonly unknown[] => {
  const { size, mtimeMs } = fs.statSync(file);
  const chosen = path.basename(path.dirname(file)) === 'shims';
  const pyenv = environment['PYENV_ROOT'] ?? path.join(homeOf(environment), '.pyenv');
  return [
    fs.realpathSync(file),
    size,
    mtimeMs,
    ...(chosen ? [environment['PYENV_VERSION'] ?? '', timeOf(path.join(pyenv, 'version'))] : []),
  ];
};

const read = (store: string): Remembered => {
  try {
    const read = Remembered.decode(
      JSON.parse(readSealed(sealedName(store), fileOf(store))?.toString('utf8') ?? '{}'),
    );
    return isRight(read) ? read.right : {};
  } catch {
    return {};
  }
};

/** Keeps the answers in the store. If the store cannot be written to, the next run asks again. */
const remember = (store: string, all: Remembered): void =>
  replaceSealed(sealedName(store), fileOf(store), JSON.stringify(all));

/** Asks a program of this machine, in a folder without modules of a user. */
export const askTool =
  ({ environment }: InterpreterPlaces): AskTool =>
  (program) => {
    const options = {
      encoding: 'utf8' as const,
      cwd: path.dirname(process.execPath),
      env: environment,
    };
    const start = ([command = '', ...rest]: readonly string[]) => spawnSync(command, rest, options);
    const { status, stdout } = start([...isolated(program), '--version']);
    const version = status === 0 ? (coerce(stdout)?.version ?? null) : null;
    const [python = '', flag] = program;
    if (flag !== '-m') return { version, folders: [] };
    const found = start(printSearchPath(python));
    const folders = found.status === 0 ? found.stdout.split('\n') : [];
    return { version, folders: folders.filter((folder) => path.isAbsolute(folder)) };
  };

/** The version of a program; null if it does not run, undefined if its version is not known. */
export type ToolVersions = (program: readonly string[]) => string | null | undefined;

/**
 * The versions of this machine's programs. The store keeps them by the program's path, size and time, so that a later
 * run needs no process.
 *
 * @param store absolute path of the store's folder
 * @param ask undefined if no process may be started
 */
export const toolVersions = (store: string, places: InterpreterPlaces, ask?: AskTool): ToolVersions => {
  const answers = new Map<string, string | null | undefined>();
  let all: Remembered | undefined;
  const look = (program: readonly string[]): string | null | undefined => {
    const file = onPath(program[0] ?? '', places);
    if (file === undefined) return null;
    all ??= read(store);
    const key = JSON.stringify([program, fingerprint(file, places)]);
    const known = all[key];
    if (known?.folders.every(([folder, time]) => timeOf(folder) === time)) return known.version;
    if (ask === undefined) return undefined;
    const { version, folders } = ask(program);
    all = { ...read(store), [key]: { version, folders: folders.map((folder) => [folder, timeOf(folder)]) } };
    remember(store, all);
    return version;
  };
  return (program) => {
    const name = program.join(' ');
    if (!answers.has(name)) answers.set(name, look(program));
    return answers.get(name);
  };
};

/**
 * The versions of programs that are the tool itself; undefined for programs that must be asked each time: a script or
 * launcher of a version manager may start another version in another folder, and a program that did not run may run
 * now.
 */
export const nativeVersions =
  (versions: ToolVersions, places: InterpreterPlaces): ToolVersions =>
  (program) => {
    const [name = '', ...others] = program;
    const file = others.length === 0 ? onPath(name, places) : undefined;
    return file !== undefined && isNativeTool(file, name) ? (versions(program) ?? undefined) : undefined;
  };

/** The first installer of a plan that this machine has, and its version; see {@link toolVersions}. */
export const knownTools = (store: string, places: InterpreterPlaces, ask?: AskTool): ToolKnown => {
  const versionOf = toolVersions(store, places, ask);
  const first = (tools: readonly HostTool[]): string | undefined => {
    for (const { tool, programs, minimumVersion } of tools) {
      for (const program of programs) {
        const version = versionOf(program);
        if (version === undefined) return undefined;
        if (version !== null && gte(version, minimumVersion)) return `${tool} ${version}`;
      }
    }
    return 'none';
  };
  return (install) =>
    isContainerExecutor(install.executor) ? first(lent(install)) : first(install.host.tools);
};

/** The tools of this machine that a container gets. For pip of the image, the image's name is enough. */
const lent = ({ host }: InstallPlan): readonly HostTool[] =>
  host.tools
    .filter(({ tool }) => tool === 'uv')
    .map((tool) => ({ ...tool, programs: tool.programs.filter((program) => program.length === 1) }));
