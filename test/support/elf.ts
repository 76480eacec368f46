import * as fs from 'node:fs';

/** Numbers of the ELF header's `e_machine` (System V gABI, chapter 4). */
const MACHINES: Readonly<Record<number, string>> = { 62: 'x86_64', 183: 'aarch64' };

/** The machine a shared library is for, by its header; undefined for what is not ELF. */
export const machineOfElf = (file: string): string | undefined => {
  const header = fs.readFileSync(file).subarray(0, 20);
  return header.toString('latin1', 0, 4) === '\u007fELF' ? MACHINES[header.readUInt16LE(18)] : undefined;
};
