import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import type { BundlePlan } from '../plan/bundle-plan';
import { machineOf } from '../plan/architecture';
import { minorOf } from '../plan/python-runtime';

/** An installed distribution and the tags of the wheel it came from (PEP 427, the file WHEEL). */
export interface InstalledWheel {
  /** `name-version`, as its dist-info folder has it. */
  readonly distribution: string;
  readonly tags: readonly string[];
}

/** The wheels that a folder of modules came from. */
export const installedWheels = async (tree: string): Promise<readonly InstalledWheel[]> => {
  const folders = (await fs.readdir(tree)).filter((name) => name.endsWith('.dist-info')).sort();
  return Promise.all(
    folders.map(async (folder) => ({
      distribution: folder.replace(/\.dist-info$/, ''),
      tags: readTags(await fs.readFile(path.join(tree, folder, 'WHEEL'), 'utf8').catch(() => '')),
    })),
  );
};

const readTags = (text: string): readonly string[] =>
  [...text.matchAll(/^Tag:\s*(\S+)\s*$/gm)].flatMap((match) => match[1] ?? []);

/** Whether a Python of a minor version takes an interpreter tag with an ABI tag (PEP 425). */
const takes = (minor: number, interpreter: string, abi: string): boolean => {
  const [, name, major, tagged] = /^([a-z]+)(\d)(\d*)$/.exec(interpreter) ?? [];
  if (major !== '3' || (name !== 'py' && name !== 'cp')) return false;
  if (tagged === '' || tagged === undefined) return true;
  return name === 'py' || abi === 'abi3' ? Number(tagged) <= minor : Number(tagged) === minor;
};

/** The first wheel that says of itself that it does not load on the target; one that says nothing is let through. */
export const foreignWheel = (
  wheels: readonly InstalledWheel[],
  { runtime }: BundlePlan,
  by: 'host' | 'docker',
): InstalledWheel | undefined => {
  const machine = machineOf(runtime.architecture);
  // A container's own pip knows its C library, and what it builds is tagged with no more than the machine.
  const loads = (platform: string): boolean =>
    platform === 'any' ||
    runtime.platformTags.includes(platform) ||
    (by === 'docker' && platform.endsWith(`_${machine}`));
  const minor = minorOf(runtime);
  const fits = (tag: string): boolean => {
    const [interpreters = '', abi = '', platforms = ''] = tag.split('-');
    return (
      interpreters.split('.').some((interpreter) => takes(minor, interpreter, abi)) &&
      platforms.split('.').some(loads)
    );
  };
  return wheels.find(({ tags }) => tags.length > 0 && !tags.some(fits));
};
