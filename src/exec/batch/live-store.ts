import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { machineVariables } from '../../plan/settings/machine-variables';
import type { InterpreterPlaces } from '../machine/interpreter';
import type { AskTool } from '../machine/known-tools';
import { knownTools } from '../machine/known-tools';
import { machineDigest } from '../machine/machine-digest';
import { machineFiles } from '../machine/machine-files';
import type { MachineFiles } from '../machine/settings-files';
import type { Store } from '../store/store';
import { folderStore, storeFolder } from '../store/store';
import { LAYOUT } from '../store/store-layout';

/** Facts about this machine, and a way to find out more. */
interface LiveMachine {
  /** @default - they are read */
  readonly files?: MachineFiles;
  /** @default - no process is started; if a tool's version is unknown, the store finds nothing */
  readonly ask?: AskTool;
}

/** The store of this machine, whose keys include the machine's settings and tools. */
export const liveStore = (
  places: InterpreterPlaces,
  { files = machineFiles(places), ask }: LiveMachine = {},
): Store => {
  const root = storeFolder(places.environment, places.platform);
  const own = E.isLeft(files) ? undefined : machineVariables(places.environment, files.right).variables;
  return folderStore(root, machineDigest(own, knownTools(path.join(root, LAYOUT), places, ask)));
};
