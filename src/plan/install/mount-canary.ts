import { CONTAINER_FOLDERS } from './docker-argv';
import type { DockerInstall } from '../model/install-plan';

/** The file among the tools of a run by which is told whether a container sees the folders of this machine. */
export const CANARY_NAME = 'canary';

/** What the container's script makes of it in the folder of the byte code, in which it is no module's. */
export const CANARY_BACK = '.canary';

const BEGINNING = 'cdk-lambda-python canary ';

/** What is in the file: nobody guesses `token`. */
export const canaryText = (token: string): string => `${BEGINNING}${token}\n`;

/** Whether a text is that of a canary, of this run or another. */
export const isCanary = (text: string): boolean => text.startsWith(BEGINNING);

/** A container that does no more than print the canary that it sees: for what runs a command that does not know of it. */
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
