import type { IConstruct } from 'constructs';
import { machineFiles } from '../../exec/machine/machine-files';
import type { MachineFiles } from '../../exec/machine/settings-files';

const known = new WeakMap<IConstruct, MachineFiles>();

/** The settings files of this machine, read once for the construct's app. */
export const settingsOf = ({ node: { root } }: IConstruct): MachineFiles => {
  const files = known.get(root) ?? machineFiles({ environment: process.env, platform: process.platform });
  known.set(root, files);
  return files;
};
