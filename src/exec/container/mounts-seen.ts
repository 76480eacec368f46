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

/** How a container with mounted folders ended. */
interface MountedResult {
  readonly result: ContainerResult;
  /** Whether it saw the folders of this machine; undefined where nothing tells. */
  readonly isSeen: boolean | undefined;
}

/** Runs a container with mounted folders, and a canary among its tools, of which no bundle ever holds anything. */
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

/** What is in the folders that a container writes to: whatever comes there has come from it. */
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

/** What somebody has taken away here meanwhile is nowhere. */
const isRefused = ({ folders, netrc }: ContainerRun, result: ContainerResult): boolean => {
  const refused = refusedPath(result, [...Object.values(folders), ...(netrc === undefined ? [] : [netrc])]);
  return refused !== undefined && fs.existsSync(refused);
};

/** Where the engine failed or the run was ended, nothing that did not come back says anything. */
const isTelling = ({ program, docker, folders }: ContainerRun, result: ContainerResult): boolean =>
  result.signal === null && engineFailure(program, docker.image, folders.output, result) === undefined;

const NO_SUCH_FILE = /no such file or directory/i;

/**
 * Asks a second container, which knows nothing but the canary. Only where a first has left nothing at all: what a command of the
 * user's has to do with a folder, or an image with the command it is given, is not known.
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
