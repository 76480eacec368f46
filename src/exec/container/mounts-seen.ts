import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { CANARY_BACK, CANARY_NAME, canaryProbe, canaryText, isCanary } from '../../plan/install/mount-canary';
import { engineFailure } from '../failures/engine-failure';
import type { EngineSight } from './engine-sight';
import { withFile } from '../files/open-file';
import { refusedPath } from './refused-mount';
import type { ContainerResult, ContainerRun } from '../process/run-container';
import { runContainer } from '../process/run-container';
import type { Shell } from '../process/shell';
import { succeeded } from '../process/shell';

/** The end of a container with mounted folders. */
interface MountedResult {
  readonly result: ContainerResult;
  /** Whether it saw the folders of this machine; undefined if nothing tells. */
  readonly isSeen: boolean | undefined;
}

/** Runs a container with mounted folders, and a canary among its tools, which is never part of a bundle. */
export const runMounted = async (
  shell: Shell,
  run: ContainerRun,
  sight: EngineSight,
): Promise<MountedResult> => {
  const { tools, bytecode } = run.folders;
  const files = { canary: path.join(tools, CANARY_NAME), back: path.join(bytecode, CANARY_BACK) };
  const text = canaryText(randomBytes(16).toString('hex'));
  fs.mkdirSync(tools, { recursive: true });
  fs.writeFileSync(files.canary, text);
  const before = contents(run);
  try {
    const result = await runContainer(shell, run);
    if (isRefused(run, result)) return { result, isSeen: false };
    if (holds(files.back, text) || contents(run) !== before) return { result, isSeen: true };
    const known = sight.isSeeing();
    return { result, isSeen: known ?? (isTelling(run, result) ? await ask(shell, run, text) : undefined) };
  } finally {
    for (const file of Object.values(files)) fs.rmSync(file, { recursive: true, force: true });
  }
};

/** A container may leave anything in the place of a file. */
const holds = (file: string, text: string): boolean => {
  try {
    return withFile(
      file,
      (descriptor, { size }) => size === text.length && fs.readFileSync(descriptor, 'utf8') === text,
    );
  } catch {
    return false;
  }
};

/** The content of the folders that a container writes to: anything new there came from it. */
const contents = ({ folders: { output, bytecode } }: ContainerRun): string =>
  JSON.stringify(
    [output, bytecode].map((folder) =>
      fs.existsSync(folder)
        ? fs
            .readdirSync(folder)
            .filter((name) => name !== CANARY_BACK)
            .sort()
        : [],
    ),
  );

/** A folder that was removed on this machine meanwhile cannot be mounted either. */
const isRefused = ({ folders, netrc }: ContainerRun, result: ContainerResult): boolean => {
  const refused = refusedPath(result, [...Object.values(folders), ...(netrc === undefined ? [] : [netrc])]);
  return refused !== undefined && fs.existsSync(refused);
};

/** If the engine failed or the run was ended, missing output tells nothing. */
const isTelling = ({ program, docker, folders }: ContainerRun, result: ContainerResult): boolean =>
  result.signal === null && engineFailure(program, docker.image, folders.output, result) === undefined;

const NO_SUCH_FILE = /no such file or directory/i;

/**
 * Runs a second container that only reads the canary. Only after a first that left no output: a user's command may not
 * use a folder, and an image may ignore its command.
 */
const ask = async (shell: Shell, run: ContainerRun, text: string): Promise<boolean | undefined> => {
  const { program, folders, user } = run;
  const result = await runContainer(shell, {
    program,
    folders,
    user,
    docker: canaryProbe(run.docker),
    environment: {},
  });
  if (succeeded(result)) return isCanary(result.stdout) ? result.stdout === text : undefined;
  const isMissing = isRefused(run, result) || (result.exitCode === 1 && NO_SUCH_FILE.test(result.output));
  return isMissing ? false : undefined;
};
