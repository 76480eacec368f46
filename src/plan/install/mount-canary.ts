import { CONTAINER_FOLDERS } from './docker-argv';
import type { DockerInstall } from '../model/install-plan';

/** A file among the tools of a run. It shows whether a container sees the folders of this machine. */
export const CANARY_NAME = 'canary';

/** The copy that the container's script makes in the folder of the bytecode. No module has this name. */
export const CANARY_BACK = '.canary';

const BEGINNING = 'cdk-lambda-python canary ';

/** The content of the file. `token` cannot be guessed. */
export const canaryText = (token: string): string => `${BEGINNING}${token}\n`;

/** Whether a text is a canary, of this run or another. */
export const isCanary = (text: string): boolean => text.startsWith(BEGINNING);

/** A container that only prints the canary, for runs of a command that does not know of it. */
export const canaryProbe = (docker: Omit<DockerInstall, 'argv'>): Omit<DockerInstall, 'argv'> => ({
  ...docker,
  network: 'none',
  volumesFrom: [],
  mounts: [{ source: 'tools', target: CONTAINER_FOLDERS.tools, readOnly: true }],
  environment: [],
  workingDirectory: '/',
  entrypoint: ['cat'],
  command: [`${CONTAINER_FOLDERS.tools}/${CANARY_NAME}`],
});
